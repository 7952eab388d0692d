import type { DataResponse } from '@/lib/egress/request';
import { AppError, type ErrorCode, type SalesforceFault } from '@/lib/errors';
import { makeFault } from './fault';

/** What 401 texts say that a new access token would not change (jsforce: http-api). */
const NOT_EXPIRY = /not valid for use with the REST API|not attached to Agent/i;

interface Meaning {
  errorCode?: RegExp;
  status?: readonly number[];
  text?: RegExp;
  code: ErrorCode;
  message: string;
  nextStep: string;
}

/** REST errors in our words; the first row that fits decides. Source: REST API Developer Guide, "Status Codes". */
const MEANINGS: readonly Meaning[] = [
  {
    errorCode: /^REQUEST_LIMIT_EXCEEDED$/,
    text: /concurrent/i,
    code: 'SALESFORCE_BUSY',
    message: 'The org has too many long requests under way at once.',
    nextStep: 'Try again in a minute.',
  },
  {
    errorCode: /^REQUEST_LIMIT_EXCEEDED$/,
    code: 'SALESFORCE_LIMIT_EXCEEDED',
    message: 'The org has used up its API calls of the last 24 hours.',
    nextStep:
      'Calls become free again hour by hour. A Salesforce administrator sees the use under Setup → System Overview.',
  },
  {
    errorCode: /^API_(?:DISABLED_FOR_ORG|CURRENTLY_DISABLED)$/,
    code: 'SALESFORCE_API_DISABLED',
    message: 'The API is not open to this Salesforce user.',
    nextStep:
      'Ask a Salesforce administrator for the permission “API Enabled”. Some editions have no API at all.',
  },
  {
    status: [401],
    text: NOT_EXPIRY,
    code: 'SALESFORCE_SESSION_REFUSED',
    message: 'Salesforce does not let this session use the REST API.',
    nextStep: 'Ask your administrator whether the app allows the scope “api”, then reconnect.',
  },
  {
    status: [401],
    code: 'SALESFORCE_SESSION_REFUSED',
    message: 'Salesforce refused the session, although it was renewed.',
    nextStep:
      'Ask a Salesforce administrator whether sessions are locked to an IP address, or login IP ranges are enforced on every request.',
  },
  {
    status: [410],
    code: 'SALESFORCE_VERSION_RETIRED',
    message: 'The org no longer serves the API version of this environment.',
    nextStep: 'Ask your administrator to choose a newer API version on the environment’s page.',
  },
  {
    errorCode: /^INVALID_QUERY_LOCATOR$/,
    code: 'SALESFORCE_LOCATOR_EXPIRED',
    message: 'Salesforce has let go of this list.',
    nextStep: 'Open the list again.',
  },
  {
    errorCode: /^QUERY_TIMEOUT$/,
    code: 'SALESFORCE_QUERY_TIMEOUT',
    message: 'The query ran too long in Salesforce.',
    nextStep: 'Narrow the filter, sort by the name or the id, or search by words.',
  },
  {
    errorCode: /^FUNCTIONALITY_NOT_ENABLED$/,
    code: 'SALESFORCE_FORBIDDEN',
    message: 'This function is switched off in the org, or for this Salesforce user.',
    nextStep:
      'A Salesforce administrator switches it on. For consumer secrets: Setup → External Client App Settings → “Allow access to External Client App consumer secrets via REST API”, and the permission “View Client Secret”.',
  },
  {
    errorCode: /^INSUFFICIENT_ACCESS/,
    code: 'SALESFORCE_FORBIDDEN',
    message: 'This Salesforce user may not see this.',
    nextStep: 'Ask a Salesforce administrator for access to the object or record.',
  },
  {
    errorCode: /^INVALID_TYPE$/,
    code: 'SALESFORCE_OBJECT_HIDDEN',
    message: 'This object does not exist for this Salesforce user.',
    nextStep: 'Ask a Salesforce administrator for read access to the object.',
  },
  {
    errorCode: /^(?:NOT_FOUND|ENTITY_IS_DELETED)$/,
    code: 'SALESFORCE_NOT_FOUND',
    message: 'Salesforce knows no such thing, or this user may not see it.',
    nextStep: 'Check whether it was deleted, or ask a Salesforce administrator for access.',
  },
  {
    errorCode: /^SERVER_UNAVAILABLE$/,
    code: 'SALESFORCE_UNAVAILABLE',
    message: 'The org is not available, probably for maintenance.',
    nextStep: 'Try again later. Salesforce’s state is shown at https://status.salesforce.com.',
  },
  {
    status: [412],
    code: 'SALESFORCE_PRECONDITION_FAILED',
    message: 'A condition of the request does not hold: the record was changed meanwhile.',
    nextStep: 'Read the record again, and decide anew.',
  },
  {
    status: [414, 431],
    code: 'SALESFORCE_QUERY_REFUSED',
    message: 'The request is too long for Salesforce.',
    nextStep: 'Use a shorter search text or fewer columns.',
  },
  {
    status: [404],
    code: 'SALESFORCE_NOT_FOUND',
    message: 'Salesforce knows no such address.',
    nextStep: 'Ask your administrator to check the API version of the environment.',
  },
  {
    status: [403],
    code: 'SALESFORCE_FORBIDDEN',
    message: 'Salesforce refused the request.',
    nextStep: 'Ask a Salesforce administrator; Salesforce’s own words are below.',
  },
  {
    status: [420, 429, 500, 502, 503, 504],
    code: 'SALESFORCE_UNAVAILABLE',
    message: 'Salesforce could not answer.',
    nextStep: 'Try again in a minute. Salesforce’s state is shown at https://status.salesforce.com.',
  },
];

/** Whether an answer says that the access token has ended. Only this leads to a refresh. */
export function isExpiredSession(response: DataResponse): boolean {
  if (response.status !== 401) return false;
  const { errorCode, message } = firstError(response.text);
  return errorCode === 'INVALID_SESSION_ID' && !NOT_EXPIRY.test(message ?? '');
}

/** Our reading of an answer that is no success. `secrets` are kept out of Salesforce's words. */
export function restError(
  response: DataResponse,
  secrets: readonly string[],
  kind: 'read' | 'write' = 'read',
): AppError {
  const { errorCode, message } = firstError(response.text);
  const salesforce: SalesforceFault = makeFault(
    { error: errorCode ?? `http_${response.status}`, description: message, status: response.status },
    secrets,
  );
  const meaning = MEANINGS.find(
    (row) =>
      (row.errorCode?.test(errorCode ?? '') ?? true) &&
      (row.status?.includes(response.status) ?? true) &&
      (row.text?.test(message ?? '') ?? true),
  );
  if (meaning) return new AppError(meaning.code, meaning.message, { nextStep: meaning.nextStep, salesforce });
  if (errorCode !== null && kind === 'write') {
    return new AppError('SALESFORCE_REFUSED', 'Salesforce refused the change.', {
      nextStep: 'Nothing was changed. Salesforce’s own words say what it misses.',
      salesforce,
    });
  }
  if (errorCode !== null && response.status === 400) {
    return new AppError('SALESFORCE_QUERY_REFUSED', 'Salesforce refused the query.', {
      nextStep:
        'Open the list without search and sort. If it happens again, show Salesforce’s words to your administrator.',
      salesforce,
    });
  }
  return new AppError('SALESFORCE_ANSWER_INVALID', 'Salesforce’s answer was not understood.', {
    nextStep: 'Try again. If it happens again, ask your administrator whether the org’s address has changed.',
    salesforce,
  });
}

/** Our reading of one part of a composite answer that is no success. */
export function partError(status: number, body: unknown): AppError {
  return restError({ status, headers: {}, text: JSON.stringify(body ?? null) }, []);
}

/** The first entry of Salesforce's error array; nulls when the body is something else, such as HTML. */
function firstError(text: string): { errorCode: string | null; message: string | null } {
  try {
    const body: unknown = JSON.parse(text);
    const entry: unknown = Array.isArray(body) ? body[0] : body;
    const { errorCode, message } = (entry ?? {}) as { errorCode?: unknown; message?: unknown };
    return {
      errorCode: typeof errorCode === 'string' ? errorCode : null,
      message: typeof message === 'string' ? message : null,
    };
  } catch {
    return { errorCode: null, message: null };
  }
}
