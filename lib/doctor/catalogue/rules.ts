import type { CauseId } from '@/lib/doctor/catalogue/causes';
import type { Place } from '@/lib/doctor/types';

/** What points to a cause. Everything that a rule names has to fit. */
export interface Rule {
  cause: CauseId;
  /** Left out: anywhere. */
  places?: readonly Place[];
  /** Salesforce’s `error` or `errorCode`, in lower case, whole. */
  error?: RegExp;
  /** Anywhere in Salesforce’s description, in lower case: its wording is never compared whole. */
  text?: RegExp;
  status?: readonly number[];
  /** Orgdock’s own code. */
  code?: readonly string[];
}

/**
 * Where Salesforce speaks of grants. In an answer about data the same words may be of a field, a validation rule or a
 * value, so what goes by words alone is not asked there.
 */
const OF_GRANTS: readonly Place[] = [
  'authorize_redirect',
  'authorize_page',
  'token_exchange',
  'refresh',
  'revoke',
  'identity',
];

/** OAuth errors: §5.2 of RFC 6749, and Salesforce’s OauthErrorCode. The first rule that fits decides. */
const OAUTH_RULES: readonly Rule[] = [
  { cause: 'access_denied', error: /^access[_-]denied$/ },
  {
    cause: 'app_not_installed',
    places: OF_GRANTS,
    text: /\bmust be installed\b|\bnot installed in this org\b/,
  },
  {
    cause: 'app_not_installed',
    error: /^(?:oauth_ec_app_not_found|app_not_found|oauth_approval_error_generic)$/,
  },
  { cause: 'app_blocked', error: /^(?:oauth_|fail_close_)?app_?blocked$/ },
  { cause: 'app_blocked', places: OF_GRANTS, text: /\bblocked by admin/ },
  { cause: 'user_not_approved', error: /^(?:oauth_app_access_denied|invalid_app_access)$/ },
  {
    cause: 'user_not_approved',
    places: OF_GRANTS,
    text: /\badmin approved\b|\bhasn.t approved this consumer\b/,
  },
  { cause: 'redirect_uri_mismatch', error: /^redirect_uri_mismatch$/ },
  { cause: 'redirect_uri_missing', error: /^redirect_uri_missing$/ },
  { cause: 'client_id_unknown', error: /^invalid_client_id$/ },
  { cause: 'secret_refused', error: /^(?:invalid_client|unauthorized_client)$/ },
  { cause: 'basic_header_refused', error: /^invalid_basic_auth_header$/ },
  { cause: 'scope_not_allowed', error: /^invalid_scope$/ },
  { cause: 'code_challenge_missing', error: /^invalid_request$/, text: /code.?challenge/ },
  { cause: 'code_invalid', error: /^invalid_(?:request|grant)$/, text: /code.?verifier/ },
  { cause: 'login_host_refused', places: OF_GRANTS, text: /\bnot supported on this domain\b/ },
  { cause: 'request_malformed', error: /^invalid_request$/ },
  { cause: 'flow_disabled', error: /^oauth_flow_disabled$/ },
  { cause: 'policy_missing', error: /^(?:oauth_policy|ecapp_policy)_not_found$/ },
  { cause: 'installation_failed', error: /^installation_error$/ },
  { cause: 'distribution_refused', error: /^invalid_distribution_state$/ },
  { cause: 'session_level_too_low', error: /^invalid_session_level$/ },
  { cause: 'login_failed', error: /^login_error$/ },
  { cause: 'one_time_password_refused', error: /^(?:invalid_otp|otp_error)$/ },
  { cause: 'immediate_unsuccessful', error: /^immediate_unsuccessful$/ },
  { cause: 'response_type_refused', error: /^unsupported_response_type$/ },
  { cause: 'wrong_host', error: /^unsupported_grant_type$/ },
  { cause: 'token_type_refused', error: /^unsupported_token_type$/ },
  { cause: 'assertion_type_refused', error: /^invalid_assertion_type$/ },
  { cause: 'assertion_replayed', error: /^bad_jti_claim$/ },
  {
    cause: 'registration_refused',
    error: /^(?:exceeded_registration_limit|failed_registration|registration_error)$/,
  },
  { cause: 'experience_id_refused', error: /^(?:invalid|unsupported)_expid$/ },
  { cause: 'attestation_refused', error: /^app_attest_failed(?:_retry)?$/ },
  { cause: 'proof_of_possession_refused', error: /^(?:invalid_dpop_proof|use_dpop_nonce)$/ },
  { cause: 'sign_in_pending', error: /^authorization_pending$/ },
  { cause: 'asked_too_soon', error: /^slow_down$/ },
  { cause: 'login_rate_exceeded', error: /^rate_limit_exceeded$/ },
  { cause: 'salesforce_unknown', error: /^unknown_error$/ },
  {
    cause: 'salesforce_unavailable',
    error: /^(?:server_error|service_unavailable|temporarily_unavailable|system_down)$/,
  },
  { cause: 'user_inactive', error: /^inactive_user$/ },
  { cause: 'user_inactive', places: OF_GRANTS, text: /\buser is inactive\b/ },
  { cause: 'org_gone', error: /^inactive_org$/ },
  {
    cause: 'org_gone',
    places: OF_GRANTS,
    text: /\bdata not available\b|\borg is locked\b|\bclosed, or suspended\b/,
  },
  { cause: 'ip_restricted', places: OF_GRANTS, text: /\bip[ -]?restricted\b|\bip address/ },
  { cause: 'refresh_in_flight', places: OF_GRANTS, text: /\balready being processed\b/ },
  { cause: 'assertion_refused', code: ['GRANT_CREDENTIALS_REFUSED'], text: /expired authorization code/ },
  // Before Winter ’25 this was the text for a refresh that is under way.
  { cause: 'refresh_in_flight', places: ['refresh'], text: /expired authorization code/ },
  { cause: 'code_expired', error: /^invalid_grant$/, text: /expired authorization code/ },
  { cause: 'code_invalid', error: /^invalid_grant$/, text: /authorization code/ },
  { cause: 'run_as_user_missing', places: OF_GRANTS, text: /\bno client credentials user\b/ },
  {
    cause: 'assertion_refused',
    error: /^invalid_grant$/,
    text: /audience|assertion|signature|issuer|subject|jwt/,
  },
  { cause: 'password_refused', error: /^invalid_grant$/, text: /authentication failure/ },
  { cause: 'grant_ended', error: /^invalid_grant$/, text: /expired|token/ },
  { cause: 'token_refused', error: /^invalid_token$/ },
];

/** The identity services’ plain words. */
const IDENTITY_RULES: readonly Rule[] = [
  { cause: 'identity_token_refused', error: /^bad_oauth_token$/ },
  { cause: 'identity_token_missing', error: /^missing_oauth_token$/ },
  { cause: 'identity_wrong_org', error: /^wrong_org$/ },
  { cause: 'identity_unknown', error: /^bad_id$/ },
  { cause: 'identity_user_inactive', error: /^inactive_app_user$/ },
];

/** REST error codes, and statuses without one. */
const REST_RULES: readonly Rule[] = [
  { cause: 'session_not_for_api', text: /not valid for use with the rest api/ },
  { cause: 'app_not_attached', text: /not attached to agent/ },
  { cause: 'session_expired', error: /^invalid_session_id$/ },
  { cause: 'concurrent_limit', error: /^request_limit_exceeded$/, text: /concurrent/ },
  { cause: 'daily_limit', error: /^request_limit_exceeded$/ },
  { cause: 'api_disabled', error: /^api_(?:disabled_for_org|currently_disabled)$/ },
  { cause: 'insufficient_access', error: /^insufficient_access/ },
  { cause: 'external_id_unknown', error: /^not_found$/, text: /external id/ },
  { cause: 'not_found', error: /^(?:not_found|http_404)$/ },
  { cause: 'record_deleted', error: /^entity_is_deleted$/ },
  { cause: 'object_unknown', error: /^invalid_?type$/ },
  { cause: 'field_unknown', error: /^invalid_field$/ },
  {
    cause: 'query_malformed',
    error: /^(?:malformed_query|query_too_complicated|number_outside_valid_range)$/,
  },
  { cause: 'locator_expired', error: /^invalid_query_locator$/ },
  { cause: 'query_timeout', error: /^query_timeout$/ },
  { cause: 'search_malformed', error: /^malformed_search$/ },
  { cause: 'required_field_missing', error: /^required_field_missing$/ },
  { cause: 'email_invalid', error: /^invalid_email_address$/ },
  { cause: 'validation_rule', error: /^field_custom_validation_exception$/ },
  { cause: 'duplicates_detected', error: /^duplicates_detected$/ },
  { cause: 'row_locked', error: /^unable_to_lock_row$/ },
  { cause: 'reference_invalid', error: /^invalid_cross_reference_key$/ },
  { cause: 'body_unreadable', error: /^json_parser_error$/ },
  { cause: 'maintenance', error: /^server_unavailable$/ },
  { cause: 'salesforce_broke', error: /^unknown_exception$/ },
  { cause: 'version_retired', status: [410] },
  { cause: 'request_too_long', status: [414, 431] },
  { cause: 'several_records', status: [300] },
  { cause: 'edge_throttled', status: [420, 429] },
  { cause: 'request_refused', status: [405, 409, 412, 415, 428], error: /^http_/ },
  { cause: 'session_expired', error: /^http_401$/, places: ['data'] },
  { cause: 'forbidden', error: /^http_403$/, places: ['data'] },
];

/** What every surface of Salesforce, and what stands before it, may answer. */
const EDGE_RULES: readonly Rule[] = [
  { cause: 'host_moved', error: /^http_30[1-8]$/ },
  { cause: 'setting_up', error: /^http_2\d\d$/ },
  { cause: 'edge_throttled', error: /^http_(?:420|429|406)$/ },
  { cause: 'salesforce_unavailable', error: /^http_5\d\d$/ },
  { cause: 'outcome_unknown', error: /^answer_lost$/ },
];

/** Orgdock’s own codes, where Salesforce said nothing that a rule above knows. */
export const PORTAL_RULES: readonly Rule[] = [
  { cause: 'host_lightning', code: ['HOST_NOT_ALLOWED'], text: /lightning pages/ },
  { cause: 'host_setup', code: ['HOST_NOT_ALLOWED'], text: /setup pages/ },
  { cause: 'host_private', code: ['HOST_NOT_ALLOWED'], text: /private network/ },
  { cause: 'host_not_salesforce', code: ['HOST_NOT_ALLOWED'] },
  { cause: 'host_unresolvable', code: ['HOST_UNRESOLVABLE'] },
  { cause: 'certificate_refused', code: ['HOST_UNREACHABLE'], text: /certificate/ },
  { cause: 'host_unreachable', code: ['HOST_UNREACHABLE'] },
  { cause: 'host_timeout', code: ['TIMEOUT'] },
  { cause: 'page_closed', code: ['CONSENT_NEVER_CAME_BACK'], text: /was closed/ },
  { cause: 'login_failed', code: ['CONSENT_NEVER_CAME_BACK'], text: /refused the login/ },
  { cause: 'unknown', code: ['CONSENT_NEVER_CAME_BACK'], text: /another error/ },
  { cause: 'never_came_back', code: ['CONSENT_NEVER_CAME_BACK'] },
  { cause: 'attempt_unknown', code: ['CONSENT_ATTEMPT_UNKNOWN'] },
  { cause: 'attempt_expired', code: ['CONSENT_ATTEMPT_EXPIRED'] },
  { cause: 'state_mismatch', code: ['CONSENT_STATE_MISMATCH'] },
  { cause: 'foreign_browser', code: ['CONSENT_FOREIGN_BROWSER'] },
  { cause: 'no_refresh_token', code: ['CONSENT_NO_REFRESH_TOKEN'] },
  { cause: 'wrong_org', code: ['CONSENT_WRONG_ORG'] },
  { cause: 'wrong_user', code: ['CONSENT_WRONG_USER'] },
  { cause: 'not_a_member', code: ['CONSENT_NOT_A_MEMBER', 'PERSON_DEACTIVATED', 'INVITATION_INVALID'] },
  { cause: 'environment_deleted', code: ['ENVIRONMENT_DELETED'] },
  { cause: 'environment_disabled', code: ['ENVIRONMENT_DISABLED'] },
  { cause: 'outside_reading_hours', code: ['ENVIRONMENT_CLOSED'] },
  { cause: 'api_reserve', code: ['API_RESERVE_REACHED'] },
  { cause: 'filter_too_long', code: ['FILTER_TOO_LONG'] },
  { cause: 'environment_closed', code: ['ENVIRONMENT_NOT_OPEN', 'RECORDS_NOT_FOR_AUDITORS', 'FORBIDDEN'] },
  { cause: 'grant.answer_lost', code: ['GRANT_ANSWER_LOST'] },
  { cause: 'outcome_unknown', code: ['GRANT_OUTCOME_UNKNOWN'] },
  { cause: 'restored', code: ['GRANT_RESTORED'] },
  { cause: 'grant.app_changed', code: ['GRANT_APP_CHANGED'] },
  { cause: 'disconnected', code: ['GRANT_DISCONNECTED'] },
  { cause: 'revocation_unconfirmed', code: ['REVOCATION_UNCONFIRMED'] },
  { cause: 'portal_busy', code: ['REFRESH_BUSY', 'UNAVAILABLE', 'RATE_LIMITED'] },
  { cause: 'answer_not_understood', code: ['SALESFORCE_ANSWER_INVALID'] },
  { cause: 'code_invalid', code: ['CODE_INVALID'] },
  {
    cause: 'provider_failed',
    code: [
      'PROVIDER_UNREACHABLE',
      'PROVIDER_DISCOVERY_INVALID',
      'PROVIDER_ANSWER_INVALID',
      'PROVIDER_REFUSED',
    ],
  },
  { cause: 'portal_fault', code: ['INTERNAL', 'MISCONFIGURED', 'INVALID_INPUT', 'CONFLICT'] },
];

/** Rules about Salesforce’s words; none of them is asked where Salesforce said nothing. */
export const WORD_RULES: readonly Rule[] = [...OAUTH_RULES, ...IDENTITY_RULES, ...REST_RULES, ...EDGE_RULES];
