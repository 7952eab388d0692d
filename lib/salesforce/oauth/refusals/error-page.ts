/** What Salesforce’s own error page, or the bare body in its place, is known to say. The callback never hears of these. */
export const ERROR_PAGE_TEXTS = [
  {
    id: 'app_not_found',
    error: 'OAUTH_EC_APP_NOT_FOUND',
    description: 'External client app is not installed in this org',
  },
  { id: 'not_installed', error: 'invalid_client', description: 'app must be installed into org' },
  {
    id: 'approval_generic',
    error: 'OAUTH_APPROVAL_ERROR_GENERIC',
    description: 'An unexpected error has occured during authentication. Please try again.',
  },
  { id: 'app_blocked', error: 'OAUTH_APP_BLOCKED', description: 'this app is blocked by admin' },
  {
    id: 'not_approved',
    error: 'OAUTH_APP_ACCESS_DENIED',
    description: 'user is not admin approved to access this app',
  },
  {
    id: 'redirect_uri',
    error: 'redirect_uri_mismatch',
    description: 'redirect_uri must match configuration',
  },
  { id: 'redirect_uri_missing', error: 'redirect_uri_missing', description: 'redirect_uri not provided' },
  { id: 'client_id', error: 'invalid_client_id', description: 'client identifier invalid' },
  { id: 'code_challenge', error: 'invalid_request', description: 'missing required code challenge' },
  {
    id: 'flow_disabled',
    error: 'oauth_flow_disabled',
    description: 'The external client app or the OAuth plugin is disabled.',
  },
] as const;

/** What a person saw: one of Salesforce’s texts, something else, or no error at all. */
export const SEEN = [...ERROR_PAGE_TEXTS.map(({ id }) => id), 'other', 'closed', 'login_refused'] as const;
export type Seen = (typeof SEEN)[number];
