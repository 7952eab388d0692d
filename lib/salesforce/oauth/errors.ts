import { AppError, type ErrorCode, type SalesforceFault } from '@/lib/errors';

interface Meaning {
  /** Looked for in `error`, a space and the description, in lower case: Salesforce's wording is never compared whole. */
  words: RegExp;
  code: ErrorCode;
  message: string;
  nextStep: string;
}

const START_AGAIN = 'Start again from Orgdock and finish within a few minutes.';
const APP_SETTINGS = 'Setup → External Client App Manager (a Connected App: App Manager) → the app';

/** Salesforce's OAuth errors in our words; the first row that fits decides. Sources: the catalogue of OAuthErrorCode. */
const MEANINGS: readonly Meaning[] = [
  {
    words: /^access[_-]denied /,
    code: 'CONSENT_DENIED',
    message: 'Access was not allowed on Salesforce’s consent page.',
    nextStep: 'Nothing was stored. If it was a mistake, start again and choose Allow.',
  },
  {
    words: /^(?:app_not_found|oauth_ec_app_not_found|ecapp_policy_not_found|oauth_approval_error_generic) /,
    code: 'APP_NOT_INSTALLED',
    message: 'The app is not known in this org.',
    nextStep:
      'Ask your administrator to check that consumer key and address of the environment belong to the same org, and that the app is installed there.',
  },
  {
    words: /must be installed/,
    code: 'APP_NOT_INSTALLED',
    message: 'The app must be installed into the org before people can use it.',
    nextStep:
      'Ask a Salesforce administrator to install the app (Setup → Connected Apps OAuth Usage → Install), or to give you “Approve Uninstalled Connected Apps”.',
  },
  {
    words: /app_?blocked/,
    code: 'APP_BLOCKED',
    message: 'A Salesforce administrator has blocked the app.',
    nextStep: 'Ask a Salesforce administrator to unblock it under Setup → Connected Apps OAuth Usage.',
  },
  {
    words: /^(?:oauth_app_access_denied|invalid_app_access) |admin approved|hasn.t approved this consumer/,
    code: 'APP_USER_NOT_APPROVED',
    message: 'This Salesforce user may not use the app.',
    nextStep: `Ask a Salesforce administrator to pre-authorise your profile or permission set: ${APP_SETTINGS} → Policies.`,
  },
  {
    words: /^redirect_uri_(?:mismatch|missing) /,
    code: 'APP_REDIRECT_URI_MISMATCH',
    message: 'The app does not know Orgdock’s callback URL.',
    nextStep: `Ask your administrator to add the exact callback URL that the environment’s page shows: ${APP_SETTINGS} → OAuth settings. A change takes 2 to 10 minutes.`,
  },
  {
    words: /^invalid_client_id /,
    code: 'APP_CLIENT_ID_INVALID',
    message: 'Salesforce does not know the consumer key of this environment.',
    nextStep:
      'Ask your administrator to compare the consumer key with the app in Salesforce. A new app takes 2 to 10 minutes to be usable.',
  },
  {
    words: /^(?:invalid_client|unauthorized_client|invalid_basic_auth_header) /,
    code: 'APP_SECRET_INVALID',
    message: 'Salesforce refused the consumer secret of this environment.',
    nextStep:
      'Ask your administrator to enter the secret again on the environment’s page, and to check that it was not rotated in Salesforce.',
  },
  {
    words: /^invalid_scope /,
    code: 'APP_SCOPE_INVALID',
    message: 'The app does not allow every scope that Orgdock asks for.',
    nextStep: `Ask your administrator to add the scopes that the environment’s page lists: ${APP_SETTINGS} → OAuth settings.`,
  },
  {
    words: /^invalid_request .*code.?challenge/,
    code: 'APP_PKCE_MISSING',
    message: 'Salesforce asked for a PKCE code challenge and saw none.',
    nextStep:
      'Start again from Orgdock, not from a stored link. If it happens again, ask your administrator.',
  },
  {
    words: /^invalid_(?:request|grant) .*code.?verifier/,
    code: 'CODE_INVALID',
    message: 'Salesforce refused the authorization code: it belongs to another attempt.',
    nextStep: START_AGAIN,
  },
  {
    words: /^invalid_grant .*expired authorization code/,
    code: 'CODE_EXPIRED',
    message: 'The authorization code had expired or was used already.',
    nextStep: START_AGAIN,
  },
  {
    words: /^invalid_grant .*authorization code/,
    code: 'CODE_INVALID',
    message: 'Salesforce refused the authorization code.',
    nextStep: START_AGAIN,
  },
  {
    words: /^invalid_grant .*already being processed/,
    code: 'GRANT_OUTCOME_UNKNOWN',
    message: 'Salesforce is still at work on an earlier request with the same token.',
    nextStep: 'Wait a minute, then look again. If the connection does not recover, reconnect it.',
  },
  {
    words: /\bip[ -]?restricted\b|\bip address/,
    code: 'IP_RESTRICTED',
    message: 'Salesforce does not accept the portal’s network address.',
    nextStep: `Ask a Salesforce administrator to allow the portal’s outgoing address: the profile’s login IP ranges, or “Relax IP restrictions” in ${APP_SETTINGS} → Policies.`,
  },
  {
    words: /^inactive_user |user is inactive/,
    code: 'USER_INACTIVE',
    message: 'This Salesforce user is inactive.',
    nextStep: 'Ask a Salesforce administrator to activate the user, or connect as another user.',
  },
  {
    words: /^inactive_org |org is locked|closed, or suspended|data not available/,
    code: 'ORG_INACTIVE',
    message: 'The Salesforce org is locked, closed or suspended.',
    nextStep: 'Ask a Salesforce administrator about the state of the org. A refreshed sandbox is a new org.',
  },
  {
    words: /^(?:oauth_flow_disabled|oauth_policy_not_found|unsupported_response_type) /,
    code: 'APP_FLOW_DISABLED',
    message: 'The app is disabled, or its web server flow is.',
    nextStep: `Ask a Salesforce administrator to enable it: ${APP_SETTINGS} → Policies → OAuth.`,
  },
  {
    words: /^unsupported_grant_type /,
    code: 'APP_FLOW_DISABLED',
    message: 'This address does not answer token requests of this kind.',
    nextStep:
      'Ask your administrator to use the org’s My Domain address (…my.salesforce.com) in the environment.',
  },
  {
    words: /^invalid_session_level /,
    code: 'SALESFORCE_REFUSED',
    message: 'The app asks for a high-assurance session.',
    nextStep: 'Sign in to Salesforce with multi-factor authentication, then start again.',
  },
  {
    words: /^(?:rate_limit_exceeded|slow_down) /,
    code: 'SALESFORCE_LIMIT_EXCEEDED',
    message: 'Salesforce counted too many logins of this user in the last hour.',
    nextStep: 'Wait an hour, then start again.',
  },
  {
    words:
      /^(?:http_420|http_429|http_5\d\d|server_error|service_unavailable|temporarily_unavailable|system_down|unknown_error) /,
    code: 'SALESFORCE_UNAVAILABLE',
    message: 'Salesforce could not work on the request.',
    nextStep: 'Try again in a few minutes. Salesforce’s state is shown at https://status.salesforce.com.',
  },
  {
    words: /^invalid_(?:grant|token) /,
    code: 'GRANT_ENDED',
    message: 'Salesforce does not accept this grant any more.',
    nextStep:
      'Reconnect. If it ends again soon, ask your administrator to look at the app’s refresh token policy.',
  },
];

/** Our reading of an OAuth error of Salesforce: code, words for people, and Salesforce's own words beside them. */
export function oauthError(fault: SalesforceFault): AppError {
  const words = `${fault.error} ${fault.description ?? ''}`.toLowerCase();
  const meaning = MEANINGS.find((row) => row.words.test(words));
  if (!meaning) {
    return new AppError('SALESFORCE_REFUSED', 'Salesforce refused the request.', {
      nextStep: 'Salesforce’s own words are below. Try again, or show them to your Salesforce administrator.',
      salesforce: fault,
    });
  }
  return new AppError(meaning.code, meaning.message, { nextStep: meaning.nextStep, salesforce: fault });
}
