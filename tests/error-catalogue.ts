import type { ControlClient } from '@/simulator/control-client';

type SimulatorActInput = Parameters<ControlClient['act']>[0];

/** Where a row of the catalogue is brought about. */
export type CataloguePlace =
  | 'callback'
  | 'page'
  | 'bare'
  | 'exchange'
  | 'refresh'
  | 'service'
  | 'revoke'
  | 'userinfo'
  | 'data';

export interface CatalogueRow {
  place: CataloguePlace;
  error: string;
  description: string;
  /** HTTP status of answers. */
  status?: number;
  /** The id that the Doctor has to name. */
  cause: string;
  /** What an administrator did; left out: the words alone are injected. */
  act?: readonly SimulatorActInput[];
  /** Not JSON: a plain text, a page of the edge, or a redirect. */
  as?: 'text' | 'html' | 'redirect';
}

const org = 'production';
const row = (
  place: CataloguePlace,
  error: string,
  description: string,
  cause: string,
  more: Partial<CatalogueRow> = {},
): CatalogueRow => ({ place, error, description, cause, ...more });

const onPage: SimulatorActInput = { act: 'app_errors', org, delivery: 'page' };
const toCallback: SimulatorActInput = { act: 'app_errors', org, delivery: 'callback' };
const blocked: SimulatorActInput = { act: 'block_app', org };
const uninstalled: SimulatorActInput = { act: 'uninstall_app', org };
const disabled: SimulatorActInput = { act: 'change_app', org, changes: { oauthEnabled: false } };

const NOT_FOUND = 'External client app is not installed in this org';
const BLOCKED = 'this app is blocked by admin';
const DISABLED = 'The external client app or the OAuth plugin is disabled.';
const NOT_APPROVED = 'user is not admin approved to access this app';

/** “OAuth Authorization Flows Errors”, and what is seen on live orgs: errors at authorize. */
const AUTHORIZE: readonly CatalogueRow[] = [
  row('callback', 'access_denied', 'end-user denied authorization', 'access_denied'),
  row('callback', 'access-denied', 'end-user denied authorization', 'access_denied'),
  row('callback', 'OAUTH_APP_ACCESS_DENIED', NOT_APPROVED, 'user_not_approved'),
  row('callback', 'OAUTH_EC_APP_NOT_FOUND', NOT_FOUND, 'app_not_installed', {
    act: [toCallback, uninstalled],
  }),
  row('callback', 'OAUTH_APP_BLOCKED', BLOCKED, 'app_blocked', { act: [toCallback, blocked] }),
  row('callback', 'oauth_flow_disabled', DISABLED, 'flow_disabled', { act: [toCallback, disabled] }),
  row('callback', 'invalid_scope', 'the requested scope is not allowed', 'scope_not_allowed'),
  row('callback', 'inactive_user', 'user is inactive', 'user_inactive'),
  row('callback', 'inactive_org', 'org is locked, closed, or suspended', 'org_gone'),
  row('callback', 'rate_limit_exceeded', 'number of logins exceeded', 'login_rate_exceeded'),
  row('page', 'invalid_client', 'app must be installed into org', 'app_not_installed', {
    act: [onPage, uninstalled],
  }),
  row('page', 'OAUTH_APP_BLOCKED', BLOCKED, 'app_blocked', { act: [onPage, blocked] }),
  row('page', 'oauth_flow_disabled', DISABLED, 'flow_disabled', { act: [onPage, disabled] }),
  row('page', 'OAUTH_EC_APP_NOT_FOUND', NOT_FOUND, 'app_not_installed'),
  row('page', 'OAUTH_APP_ACCESS_DENIED', NOT_APPROVED, 'user_not_approved'),
  row(
    'page',
    'OAUTH_APPROVAL_ERROR_GENERIC',
    'An unexpected error has occured during authentication. Please try again.',
    'app_not_installed',
  ),
  row('page', 'redirect_uri_mismatch', 'redirect_uri must match configuration', 'redirect_uri_mismatch'),
  row('page', 'redirect_uri_missing', 'redirect_uri not provided', 'redirect_uri_missing'),
  row('page', 'invalid_client_id', 'client identifier invalid', 'client_id_unknown'),
  row('bare', 'invalid_request', 'missing required code challenge', 'code_challenge_missing'),
];

/** The rest of OauthErrorCode, at authorize. */
const WIDER: readonly CatalogueRow[] = [
  ['app_blocked', 'app_blocked'],
  ['app_not_found', 'app_not_installed'],
  ['authorization_pending', 'sign_in_pending'],
  ['bad_jti_claim', 'assertion_replayed'],
  ['app_attest_failed', 'attestation_refused'],
  ['app_attest_failed_retry', 'attestation_refused'],
  ['ecapp_policy_not_found', 'policy_missing'],
  ['exceeded_registration_limit', 'registration_refused'],
  ['fail_close_app_blocked', 'app_blocked'],
  ['failed_registration', 'registration_refused'],
  ['immediate_unsuccessful', 'immediate_unsuccessful'],
  ['installation_error', 'installation_failed'],
  ['invalid_app_access', 'user_not_approved'],
  ['invalid_assertion_type', 'assertion_type_refused'],
  ['invalid_basic_auth_header', 'basic_header_refused'],
  ['invalid_dpop_proof', 'proof_of_possession_refused'],
  ['invalid_client', 'secret_refused'],
  ['invalid_client_id', 'client_id_unknown'],
  ['invalid_distribution_state', 'distribution_refused'],
  ['invalid_expid', 'experience_id_refused'],
  ['invalid_otp', 'one_time_password_refused'],
  ['invalid_request', 'request_malformed'],
  ['invalid_session_level', 'session_level_too_low'],
  ['invalid_token', 'token_refused'],
  ['login_error', 'login_failed'],
  ['oauth_policy_not_found', 'policy_missing'],
  ['otp_error', 'one_time_password_refused'],
  ['redirect_uri_missing', 'redirect_uri_missing'],
  ['redirect_uri_mismatch', 'redirect_uri_mismatch'],
  ['registration_error', 'registration_refused'],
  ['server_error', 'salesforce_unavailable'],
  ['service_unavailable', 'salesforce_unavailable'],
  ['slow_down', 'asked_too_soon'],
  ['system_down', 'salesforce_unavailable'],
  ['unknown_error', 'salesforce_unknown'],
  ['unsupported_expid', 'experience_id_refused'],
  ['unsupported_grant_type', 'wrong_host'],
  ['unsupported_response_type', 'response_type_refused'],
  ['unsupported_token_type', 'token_type_refused'],
  ['use_dpop_nonce', 'proof_of_possession_refused'],
].map(([error = '', cause = '']) => row('callback', error, `words for ${error.replaceAll('_', ' ')}`, cause));

/** The token endpoint, for a code and for a refresh token. */
const TOKEN: readonly CatalogueRow[] = [
  row('exchange', 'invalid_grant', 'expired authorization code', 'code_expired'),
  row('exchange', 'invalid_grant', 'invalid authorization code', 'code_invalid'),
  row('exchange', 'invalid_grant', 'invalid code verifier', 'code_invalid'),
  row('exchange', 'invalid_request', 'invalid code verifier', 'code_invalid'),
  row('exchange', 'invalid_grant', 'ip restricted', 'ip_restricted'),
  row('exchange', 'invalid_app_access', NOT_APPROVED, 'user_not_approved'),
  row('exchange', 'oauth_flow_disabled', DISABLED, 'flow_disabled'),
  row('exchange', 'unsupported_grant_type', 'grant type not supported', 'wrong_host'),
  row('exchange', 'invalid_client', 'invalid client credentials', 'secret_refused', {
    act: [{ act: 'change_secret', org, clientSecret: 'A'.repeat(64) }],
  }),
  row('exchange', 'invalid_client', 'invalid client credentials', 'secret_refused', { status: 401 }),
  row('exchange', 'invalid_client_id', 'client identifier invalid', 'client_id_unknown'),
  row('exchange', 'http_400', 'Data Not Available', 'org_gone', { as: 'text', status: 400 }),
  row('exchange', 'http_420', '', 'edge_throttled', { as: 'html', status: 420 }),
  row('exchange', 'http_429', '', 'edge_throttled', { as: 'html', status: 429 }),
  row('exchange', 'http_406', '', 'edge_throttled', { as: 'html', status: 406 }),
  row('exchange', 'http_503', '', 'salesforce_unavailable', { as: 'html', status: 503 }),
  row('exchange', 'http_302', '', 'host_moved', { as: 'redirect', status: 302 }),
  row('refresh', 'invalid_grant', 'expired access/refresh token', 'grant.revoked', {
    act: [{ act: 'revoke_grants', org }],
  }),
  row('refresh', 'invalid_grant', 'token request is already being processed', 'refresh_in_flight'),
  row('refresh', 'invalid_grant', 'expired authorization code', 'refresh_in_flight'),
  row('refresh', 'invalid_grant', 'ip restricted', 'grant.ip_restricted'),
  row('refresh', 'invalid_app_access', NOT_APPROVED, 'grant.not_approved', {
    act: [{ act: 'change_app', org, changes: { preApproved: [] } }],
  }),
  row('refresh', 'oauth_flow_disabled', DISABLED, 'flow_disabled', { act: [disabled] }),
  row('refresh', 'unsupported_grant_type', 'grant type not supported', 'wrong_host'),
  row('refresh', 'invalid_client', 'invalid client credentials', 'grant.secret_rotated', {
    act: [{ act: 'change_secret', org, clientSecret: 'A'.repeat(64) }],
  }),
  row('refresh', 'invalid_client_id', 'client identifier invalid', 'client_id_unknown'),
  row('refresh', 'inactive_user', 'user is inactive', 'grant.user_inactive'),
  row('refresh', 'inactive_org', 'org is locked, closed, or suspended', 'grant.org_closed'),
  row('refresh', 'http_400', 'Data Not Available', 'org_gone', { as: 'text', status: 400 }),
  row('refresh', 'http_429', '', 'edge_throttled', { as: 'html', status: 429 }),
  row('refresh', 'http_420', '', 'edge_throttled', { as: 'html', status: 420 }),
  row('refresh', 'http_200', '', 'setting_up', { as: 'html', status: 200 }),
  row('refresh', 'http_504', '', 'salesforce_unavailable', { as: 'html', status: 504 }),
  row('service', 'invalid_grant', 'authentication failure', 'password_refused'),
  row('service', 'invalid_grant', "user hasn't approved this consumer", 'user_not_approved'),
  row('service', 'invalid_grant', 'audience validation failed', 'assertion_refused'),
  row('service', 'invalid_grant', 'invalid assertion', 'assertion_refused'),
  row('service', 'invalid_grant', 'expired authorization code', 'assertion_refused'),
  row('service', 'invalid_grant', 'no client credentials user enabled', 'run_as_user_missing'),
  row('service', 'invalid_grant', 'request not supported on this domain', 'login_host_refused'),
  row('service', 'oauth_flow_disabled', DISABLED, 'flow_disabled'),
  row('revoke', 'unsupported_token_type', 'this token type is not supported', 'token_type_refused'),
];

/** Identity services refuse in one plain word. */
const IDENTITY: readonly CatalogueRow[] = [
  ['Bad_OAuth_Token', 'identity_token_refused'],
  ['Missing_OAuth_Token', 'identity_token_missing'],
  ['Wrong_Org', 'identity_wrong_org'],
  ['Bad_Id', 'identity_unknown'],
  ['Inactive_App_User', 'identity_user_inactive'],
].map(([error = '', cause = '']) => row('userinfo', error, '', cause, { as: 'text', status: 403 }));

const rest = (
  status: number,
  error: string,
  description: string,
  cause: string,
  as?: 'html' | 'redirect',
): CatalogueRow => row('data', error, description, cause, { status, ...(as ? { as } : {}) });

/** REST API Developer Guide, “Status Codes and Error Responses”. */
const REST: readonly CatalogueRow[] = [
  rest(401, 'INVALID_SESSION_ID', 'Session expired or invalid', 'session_expired'),
  rest(
    401,
    'INVALID_SESSION_ID',
    'This session is not valid for use with the REST API',
    'session_not_for_api',
  ),
  rest(401, 'INVALID_AUTH_HEADER', 'Connected app is not attached to Agent', 'app_not_attached'),
  rest(400, 'MALFORMED_QUERY', "unexpected token: 'FRM'", 'query_malformed'),
  rest(400, 'INVALID_FIELD', "No such column 'bad' on entity 'Account'.", 'field_unknown'),
  rest(400, 'INVALID_TYPE', "sObject type 'XYZZY' is not supported.", 'object_unknown'),
  rest(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator', 'locator_expired'),
  rest(400, 'QUERY_TIMEOUT', 'Your query request was running for too long.', 'query_timeout'),
  rest(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 'daily_limit'),
  rest(
    403,
    'REQUEST_LIMIT_EXCEEDED',
    'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
    'concurrent_limit',
  ),
  rest(403, 'API_DISABLED_FOR_ORG', 'The REST API is not enabled for this Organization.', 'api_disabled'),
  rest(403, 'INSUFFICIENT_ACCESS', 'You do not have permission to view this record.', 'insufficient_access'),
  rest(
    403,
    'INSUFFICIENT_ACCESS_OR_READONLY',
    'insufficient access rights on object id',
    'insufficient_access',
  ),
  rest(
    403,
    'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    'insufficient access rights on cross-reference id: 001',
    'insufficient_access',
  ),
  rest(404, 'NOT_FOUND', 'The requested resource does not exist', 'not_found'),
  rest(
    404,
    'NOT_FOUND',
    'Provided external ID field does not exist or is not accessible: X',
    'external_id_unknown',
  ),
  rest(404, 'ENTITY_IS_DELETED', 'entity is deleted', 'record_deleted'),
  rest(400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [Name]', 'required_field_missing'),
  rest(400, 'INVALID_EMAIL_ADDRESS', 'email_field: invalid email address: badone', 'email_invalid'),
  rest(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Close date is in the past', 'validation_rule'),
  rest(400, 'DUPLICATES_DETECTED', 'Use one of these records?', 'duplicates_detected'),
  rest(
    400,
    'UNABLE_TO_LOCK_ROW',
    'unable to obtain exclusive access to this record or 1 records: 003',
    'row_locked',
  ),
  rest(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', 'reference_invalid'),
  rest(400, 'JSON_PARSER_ERROR', 'Unexpected character', 'body_unreadable'),
  rest(400, 'MALFORMED_SEARCH', 'No search term found.', 'search_malformed'),
  rest(503, 'SERVER_UNAVAILABLE', 'maintenance', 'maintenance'),
  rest(
    500,
    'UNKNOWN_EXCEPTION',
    'An unexpected error occurred. Please include this ErrorId',
    'salesforce_broke',
  ),
  rest(410, 'UNSUPPORTED_API_VERSION', 'API version is no longer supported', 'version_retired'),
  rest(414, 'http_414', '', 'request_too_long', 'html'),
  rest(431, 'http_431', '', 'request_too_long', 'html'),
  rest(405, 'http_405', '', 'request_refused', 'html'),
  rest(409, 'http_409', '', 'request_refused', 'html'),
  rest(412, 'http_412', '', 'request_refused', 'html'),
  rest(415, 'http_415', '', 'request_refused', 'html'),
  rest(428, 'http_428', '', 'request_refused', 'html'),
  rest(420, 'http_420', '', 'edge_throttled', 'html'),
  rest(429, 'http_429', '', 'edge_throttled', 'html'),
  rest(502, 'http_502', '', 'salesforce_unavailable', 'html'),
  rest(302, 'http_302', '', 'host_moved', 'redirect'),
];

/** Words of people in the org, which read like those of another cause. */
const WORDS_OF_THE_ORG: readonly CatalogueRow[] = [
  ...[
    'Ship Address is required',
    'Enter the IP address of the router',
    'The meter must be installed before it is read',
    'The owner is no good: user is inactive',
    'A discount over 20 % must be admin approved',
    'Credit data not available for this account',
    'This account was blocked by admin staff',
    'The order is already being processed',
  ].map((words) => rest(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', words, 'validation_rule')),
  rest(400, 'INVALID_FIELD', "No such column 'IP_Restricted__c' on entity 'Account'.", 'field_unknown'),
  rest(400, 'INVALID_FIELD', "No such column 'Ship Address' on entity 'Account'.", 'field_unknown'),
  row('callback', 'invalid_token', 'no such membership address', 'token_refused'),
];

/** Every error that Salesforce is known to answer, where it does. */
export const ERROR_CATALOGUE: readonly CatalogueRow[] = [
  ...AUTHORIZE,
  ...WIDER,
  ...TOKEN,
  ...IDENTITY,
  ...REST,
  ...WORDS_OF_THE_ORG,
];
