/** Every code that Orgdock's own errors carry. Callers switch on the code, never on the message. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'FRESH_SIGN_IN_REQUIRED'
  | 'NOT_FOUND'
  | 'INVALID_INPUT'
  | 'CONFLICT'
  | 'MISCONFIGURED'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'
  // The vault: each names the row, none is ever replaced by a sentinel value.
  | 'VAULT_KEY_UNKNOWN'
  | 'VAULT_BINDING_MISMATCH'
  | 'VAULT_VALUE_DAMAGED'
  | 'SPOOL_DAMAGED'
  // The way out.
  | 'HOST_NOT_ALLOWED'
  | 'HOST_UNRESOLVABLE'
  | 'HOST_UNREACHABLE'
  | 'TIMEOUT'
  // Consent.
  | 'CONSENT_ATTEMPT_UNKNOWN'
  | 'CONSENT_ATTEMPT_EXPIRED'
  | 'CONSENT_NEVER_CAME_BACK'
  | 'CONSENT_STATE_MISMATCH'
  | 'CONSENT_FOREIGN_BROWSER'
  | 'CONSENT_DENIED'
  | 'CONSENT_NO_REFRESH_TOKEN'
  | 'CONSENT_WRONG_ORG'
  | 'CONSENT_NOT_A_MEMBER'
  | 'CONSENT_WRONG_USER'
  | 'ENVIRONMENT_DELETED'
  | 'ENVIRONMENT_DISABLED'
  // Who may use what.
  | 'ENVIRONMENT_NOT_OPEN'
  /** Outside of its reading hours. */
  | 'ENVIRONMENT_CLOSED'
  | 'RECORDS_NOT_FOR_AUDITORS'
  /** What is left of the org's calls is kept for other jobs. */
  | 'API_RESERVE_REACHED'
  | 'FILTER_TOO_LONG'
  | 'PERSON_DEACTIVATED'
  | 'LAST_ADMINISTRATOR'
  | 'INVITATION_INVALID'
  // The company's own identity provider.
  | 'PROVIDER_UNREACHABLE'
  | 'PROVIDER_DISCOVERY_INVALID'
  | 'PROVIDER_ANSWER_INVALID'
  | 'PROVIDER_REFUSED'
  | 'APP_BLOCKED'
  | 'APP_NOT_INSTALLED'
  | 'APP_USER_NOT_APPROVED'
  | 'APP_CLIENT_ID_INVALID'
  | 'APP_SECRET_INVALID'
  | 'APP_REDIRECT_URI_MISMATCH'
  | 'APP_PKCE_MISSING'
  | 'APP_SCOPE_INVALID'
  | 'APP_FLOW_DISABLED'
  | 'IP_RESTRICTED'
  | 'USER_INACTIVE'
  | 'ORG_INACTIVE'
  | 'SALESFORCE_REFUSED'
  | 'CODE_EXPIRED'
  | 'CODE_INVALID'
  // A grant and its life.
  | 'GRANT_ENDED'
  | 'GRANT_OUTCOME_UNKNOWN'
  | 'GRANT_ANSWER_LOST'
  | 'GRANT_RESTORED'
  | 'GRANT_APP_CHANGED'
  | 'GRANT_CREDENTIALS_REFUSED'
  | 'GRANT_DISCONNECTED'
  | 'REFRESH_BUSY'
  | 'REVOCATION_UNCONFIRMED'
  // Salesforce's data services.
  | 'SALESFORCE_QUERY_REFUSED'
  | 'SALESFORCE_NOT_FOUND'
  | 'SALESFORCE_FORBIDDEN'
  | 'SALESFORCE_API_DISABLED'
  /** The calls of the day are used up. */
  | 'SALESFORCE_LIMIT_EXCEEDED'
  /** Too many long requests at once. */
  | 'SALESFORCE_BUSY'
  | 'SALESFORCE_QUERY_TIMEOUT'
  | 'SALESFORCE_OBJECT_HIDDEN'
  | 'SALESFORCE_VERSION_RETIRED'
  | 'SALESFORCE_LOCATOR_EXPIRED'
  /** A condition of the request, such as If-Match, does not hold. */
  | 'SALESFORCE_PRECONDITION_FAILED'
  | 'SALESFORCE_SESSION_REFUSED'
  | 'SALESFORCE_UNAVAILABLE'
  | 'SALESFORCE_ANSWER_INVALID'
  // The broker.
  /** `details.rule` names the rule of the key's policy. */
  | 'POLICY_REFUSED'
  | 'API_KEY_INVALID'
  | 'API_KEY_EXPIRED'
  | 'API_KEY_REVOKED'
  /** More than one connection fits what a key may use. */
  | 'CONNECTION_AMBIGUOUS'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'IDEMPOTENCY_IN_PROGRESS'
  /** How the first one ended is not known, or its answer was too large to be kept. */
  | 'IDEMPOTENCY_NO_ANSWER'
  | 'CONNECT_LINK_INVALID'
  | 'PAYLOAD_TOO_LARGE'
  | 'METHOD_NOT_ALLOWED';

/** Salesforce's own words, shown beside ours. Never holds a token. */
export interface SalesforceFault {
  /** `error` of an OAuth answer or `errorCode` of a REST answer. */
  error: string;
  description: string | null;
  /** HTTP status, or null when the fault came in a redirect. */
  status: number | null;
}

export interface AppErrorOptions {
  /** What the person who reads this can do now. */
  nextStep?: string;
  salesforce?: SalesforceFault;
  /** Facts for the page, such as both values of a mismatch. Never a secret. */
  details?: Record<string, string>;
  /** The lower error. It must hold no token, secret, code or verifier: it is logged. */
  cause?: unknown;
}

/** The one error type of Orgdock: a code, the cause, what can be done next, and Salesforce's own words. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly nextStep: string | null;
  readonly salesforce: SalesforceFault | null;
  readonly details: Record<string, string>;

  /** By its name: each of Next's bundles has a class of its own, and what the process shares throws that of any. */
  static override [Symbol.hasInstance](value: unknown): value is AppError {
    return value instanceof Error && value.name === 'AppError';
  }

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.nextStep = options.nextStep ?? null;
    this.salesforce = options.salesforce ?? null;
    this.details = options.details ?? {};
  }
}

/** An `AppError` that can cross to the browser: plain values only. */
export interface Problem {
  code: ErrorCode | 'INTERNAL';
  message: string;
  nextStep: string | null;
  salesforce: SalesforceFault | null;
  details: Record<string, string>;
}

/** Maps any error to what a person may see. Unexpected errors keep their words in the log only. */
export function toProblem(error: unknown): Problem {
  if (error instanceof AppError) {
    const { code, message, nextStep, salesforce, details } = error;
    return { code, message, nextStep, salesforce, details };
  }
  return {
    code: 'INTERNAL',
    message: 'Something went wrong inside Orgdock.',
    nextStep: 'Try again. If it happens again, ask your administrator to look at the log of this time.',
    salesforce: null,
    details: {},
  };
}

const DENIALS = new Set<Problem['code']>(['FORBIDDEN', 'ENVIRONMENT_NOT_OPEN', 'RECORDS_NOT_FOR_AUDITORS']);

/** Whether a code says that somebody asked for what is not theirs. To be asked for a fresh sign-in is no such thing. */
export function isDenial(code: Problem['code']): boolean {
  return DENIALS.has(code);
}

const STATUS: Partial<Record<Problem['code'], number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  FRESH_SIGN_IN_REQUIRED: 403,
  NOT_FOUND: 404,
  ENVIRONMENT_DELETED: 410,
  ENVIRONMENT_DISABLED: 403,
  ENVIRONMENT_CLOSED: 403,
  ENVIRONMENT_NOT_OPEN: 403,
  RECORDS_NOT_FOR_AUDITORS: 403,
  PERSON_DEACTIVATED: 403,
  LAST_ADMINISTRATOR: 409,
  INVITATION_INVALID: 410,
  INVALID_INPUT: 400,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  REFRESH_BUSY: 503,
  TIMEOUT: 504,
  PROVIDER_UNREACHABLE: 502,
  PROVIDER_ANSWER_INVALID: 502,
  SALESFORCE_UNAVAILABLE: 502,
  SALESFORCE_ANSWER_INVALID: 502,
  SALESFORCE_LIMIT_EXCEEDED: 503,
  SALESFORCE_BUSY: 503,
  SALESFORCE_QUERY_TIMEOUT: 504,
  SALESFORCE_OBJECT_HIDDEN: 404,
  SALESFORCE_NOT_FOUND: 404,
  SALESFORCE_FORBIDDEN: 403,
  SALESFORCE_PRECONDITION_FAILED: 412,
  API_RESERVE_REACHED: 503,
  GRANT_ENDED: 409,
  GRANT_OUTCOME_UNKNOWN: 409,
  GRANT_ANSWER_LOST: 409,
  GRANT_RESTORED: 409,
  GRANT_APP_CHANGED: 409,
  GRANT_CREDENTIALS_REFUSED: 409,
  GRANT_DISCONNECTED: 409,
  REVOCATION_UNCONFIRMED: 409,
  POLICY_REFUSED: 403,
  API_KEY_INVALID: 401,
  API_KEY_EXPIRED: 401,
  API_KEY_REVOKED: 401,
  CONNECTION_AMBIGUOUS: 409,
  IDEMPOTENCY_KEY_REUSED: 422,
  IDEMPOTENCY_IN_PROGRESS: 409,
  IDEMPOTENCY_NO_ANSWER: 409,
  CONNECT_LINK_INVALID: 410,
  PAYLOAD_TOO_LARGE: 413,
  METHOD_NOT_ALLOWED: 405,
  INTERNAL: 500,
};

/** HTTP status of a problem on our own routes. */
export function problemStatus(problem: Problem): number {
  return STATUS[problem.code] ?? 400;
}
