import type { Article } from '@/lib/doctor/types';

/** A knowledge article of Salesforce Help, by number. */
const knowledge = (number: string, title: string): Article => ({
  title: `${title} (${number})`,
  url: `https://help.salesforce.com/s/articleView?id=${number}&type=1`,
});

/** A page of the documentation in Salesforce Help. */
const help = (page: string, title: string): Article => ({
  title,
  url: `https://help.salesforce.com/s/articleView?id=${page}.htm&type=5`,
});

const rest = (page: string, title: string): Article => ({
  title,
  url: `https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/${page}.htm`,
});

/** What Salesforce publishes about the causes of the catalogue. */
export const ARTICLES = {
  flowErrors: help('xcloud.remoteaccess_oauth_flow_errors', 'OAuth Authorization Flows Errors'),
  webServerFlow: help('xcloud.remoteaccess_oauth_web_server_flow', 'OAuth 2.0 Web Server Flow'),
  refreshFlow: help('xcloud.remoteaccess_oauth_refresh_token_flow', 'OAuth 2.0 Refresh Token Flow'),
  jwtFlow: help('xcloud.remoteaccess_oauth_jwt_flow', 'OAuth 2.0 JWT Bearer Flow'),
  clientCredentials: help(
    'xcloud.remoteaccess_oauth_client_credentials_flow',
    'OAuth 2.0 Client Credentials Flow',
  ),
  passwordFlow: help(
    'xcloud.remoteaccess_disable_username_password_flow_ca',
    'Block Authorization Flows to Improve Security',
  ),
  deviceFlow: help('xcloud.remoteaccess_oauth_device_flow', 'OAuth 2.0 Device Flow'),
  scopes: help('xcloud.remoteaccess_oauth_tokens_scopes', 'OAuth Tokens and Scopes'),
  revoke: help('xcloud.remoteaccess_revoke_token', 'Revoke OAuth Tokens'),
  identity: help('xcloud.remoteaccess_using_openid', 'Using Identity URLs'),
  continuousIp: help(
    'xcloud.connected_app_continuous_ip',
    'Connected App IP Relaxation and Continuous IP Enforcement',
  ),
  manageApp: help('xcloud.connected_app_manage_oauth', 'Manage OAuth Access Policies'),
  sessionLevel: help('xcloud.security_hap_and_activations', 'Session Security Levels'),
  users: help('xcloud.users_freeze', 'Freeze or Unfreeze User Accounts'),
  myDomain: help('xcloud.domain_name_url_formats', 'My Domain URL Formats'),
  sandboxRefresh: help('xcloud.data_sandbox_refresh', 'Refresh Your Sandbox'),
  registration: help(
    'xcloud.remoteaccess_oidc_dynamic_registration',
    'OpenID Connect Dynamic Client Registration',
  ),
  experience: help('xcloud.external_identity_expid', 'Experience ID'),
  externalClientApps: knowledge('005228017', 'New connected apps can no longer be created'),
  uninstalledApps: knowledge('005132365', 'Connected app usage restrictions for uninstalled apps'),
  rotation: knowledge('005316711', 'Refresh Token Rotation'),
  fiveApprovals: knowledge('000205876', 'Each connected app allows five unique approvals per user'),
  riskyAddresses: knowledge('005318944', 'High-risk addresses freeze users and revoke their refresh tokens'),
  locators: knowledge('000384958', 'Query locators'),
  versions: knowledge('005321531', 'Retirement of API versions'),
  addresses: knowledge('000394078', 'Salesforce addresses and Hyperforce'),
  status: { title: 'Salesforce Trust: state of each instance', url: 'https://status.salesforce.com' },
  statusCodes: rest('errorcodes', 'REST API: Status Codes and Error Responses'),
  limits: {
    title: 'Salesforce app limits: API requests',
    url: 'https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_api.htm',
  },
  soql: {
    title: 'SOQL and SOSL Reference: SELECT syntax',
    url: 'https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select.htm',
  },
  objectErrors: {
    title: 'SOAP API: core data types, StatusCode',
    url: 'https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_concepts_core_data_objects.htm',
  },
} as const satisfies Record<string, Article>;
