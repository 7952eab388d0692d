/** One OAuth scope under its three names. */
export interface ScopeNames {
  /** In `commaSeparatedOauthScopes` of the Metadata API. */
  readonly metadata: string;
  /** The checkbox of the sObject ExtlClntAppOauthSettings. */
  readonly field: string;
  /** What a client asks for. */
  readonly oauth: string;
}

/**
 * The names that a live org listed when it refused a wrong one, with the checkboxes of the sObject; OAuth's names:
 * "OAuth Tokens and Scopes".
 */
const NAMES: ReadonlyArray<readonly [metadata: string, field: string, oauth: string]> = [
  ['Basic', 'SSO', 'id'],
  ['Api', 'API', 'api'],
  ['Web', 'WEB', 'web'],
  ['Full', 'FULL', 'full'],
  ['RefreshToken', 'REFRESH_TOKEN', 'refresh_token'],
  ['OfflineAccess', 'OFFLINE_ACCESS', 'offline_access'],
  ['OpenID', 'OPENID', 'openid'],
  ['Profile', 'PROFILE', 'profile'],
  ['Email', 'EMAIL', 'email'],
  ['Address', 'ADDRESS', 'address'],
  ['Phone', 'PHONE', 'phone'],
  ['CustomPermissions', 'CUSTOM_PERMISSIONS', 'custom_permissions'],
  ['CustomApplications', 'VF', 'visualforce'],
  ['Content', 'CONTENT', 'content'],
  ['Lightning', 'LIGHTNING', 'lightning'],
  ['Chatter', 'CHATTER_REST_API', 'chatter_api'],
  ['Wave', 'WAVE_REST_API', 'wave_api'],
  ['Eclair', 'ECLAIR_REST_API', 'eclair_api'],
  ['Pardot', 'PARDOT_API', 'pardot_api'],
  ['Interaction', 'INTERACTION_API', 'interaction_api'],
  ['ForgotPassword', 'FORGOT_PASSWORD', 'forgot_password'],
  ['UserRegistration', 'USER_REGISTRATION_API', 'user_registration_api'],
  ['PwdlessLogin', 'PWDLESS_LOGIN_API', 'pwdless_login_api'],
  ['EinsteinGPT', 'EINSTEIN_GPT_API', 'einstein_gpt_api'],
  ['SFApiPlatform', 'SFAP_API', 'sfap_api'],
  ['SCRT', 'SCRT_API', 'scrt_api'],
  ['Chatbot', 'CHATBOT_API', 'chatbot_api'],
  ['MCP', 'MCP_API', 'mcp_api'],
  ['CDP', 'CDP_API', 'cdp_api'],
  ['CDPQuery', 'CDP_QUERY_API', 'cdp_query_api'],
  ['CDPProfile', 'CDP_PROFILE_API', 'cdp_profile_api'],
  ['CDPIngest', 'CDP_INGEST_API', 'cdp_ingest_api'],
  ['CDPSegment', 'CDP_SEGMENT_API', 'cdp_segment_api'],
  ['CDPIdentityResolution', 'CDP_IDENTITYRESOLUTION_API', 'cdp_identityresolution_api'],
  ['CDPCalculatedInsight', 'CDP_CALCULATED_INSIGHT_API', 'cdp_calculated_insight_api'],
  ['DataCloudUserClaims', 'DATA_CLOUD_USER_CLAIMS', 'data_cloud_user_claims'],
];

export const SCOPES: readonly ScopeNames[] = NAMES.map(([metadata, field, oauth]) => ({
  metadata,
  field: `OauthScopes${field}`,
  oauth,
}));
