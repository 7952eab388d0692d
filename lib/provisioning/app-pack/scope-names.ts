/** OAuth's scopes in the words of the Metadata API ("OAuth Tokens and Scopes"; ExtlClntAppOauthSettings). */
const NAMES: Record<string, string> = {
  id: 'Basic',
  api: 'Api',
  web: 'Web',
  full: 'Full',
  refresh_token: 'RefreshToken',
  offline_access: 'OfflineAccess',
  openid: 'OpenID',
  profile: 'Profile',
  email: 'Email',
  address: 'Address',
  phone: 'Phone',
  custom_permissions: 'CustomPermissions',
  visualforce: 'CustomApplications',
  content: 'Content',
  lightning: 'Lightning',
  chatter_api: 'Chatter',
  wave_api: 'Wave',
  eclair_api: 'Eclair',
  pardot_api: 'Pardot',
  interaction_api: 'Interaction',
  forgot_password: 'ForgotPassword',
  user_registration_api: 'UserRegistration',
  pwdless_login_api: 'PwdlessLogin',
  einstein_gpt_api: 'EinsteinGPT',
  sfap_api: 'SFApiPlatform',
  scrt_api: 'SCRT',
  chatbot_api: 'Chatbot',
  mcp_api: 'MCP',
  cdp_api: 'CDP',
  cdp_query_api: 'CDPQuery',
  cdp_profile_api: 'CDPProfile',
  cdp_ingest_api: 'CDPIngest',
  cdp_segment_api: 'CDPSegment',
  cdp_identityresolution_api: 'CDPIdentityResolution',
  cdp_calculated_insight_api: 'CDPCalculatedInsight',
  data_cloud_user_claims: 'DataCloudUserClaims',
};

/** Metadata names of OAuth scopes, each once; `unknown` are those that have to be added by hand. */
export function metadataScopesOf(scopes: readonly string[]): { names: string[]; unknown: string[] } {
  const known = scopes.filter((scope) => Object.hasOwn(NAMES, scope));
  return {
    names: [...new Set(known.map((scope) => NAMES[scope] ?? ''))],
    unknown: scopes.filter((scope) => !Object.hasOwn(NAMES, scope)),
  };
}
