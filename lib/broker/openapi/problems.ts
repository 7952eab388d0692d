import type { ProblemCode, ProblemMeaning } from '@/lib/broker/openapi/types';
import { problemStatus } from '@/lib/errors';

/** What the codes of the API mean. Where a problem says more, its `detail` and `nextStep` do. */
export const PROBLEM_MEANINGS = {
  API_KEY_INVALID:
    'There was no key, or none that is known here. Send the whole secret as `Authorization: Bearer`.',
  API_KEY_EXPIRED: 'The key, or the secret that a rotation has replaced, is past its end.',
  API_KEY_REVOKED: 'The key was revoked, or its owner is no longer active here.',
  POLICY_REFUSED:
    'The policy of the key does not allow this call; `rule` names the rule. Nothing was sent to Salesforce.',
  RATE_LIMITED: 'Too many calls in a short time. Wait as long as `Retry-After` says.',
  UNAVAILABLE: 'Orgdock or its database cannot answer now. Wait as long as `Retry-After` says.',
  INTERNAL: 'Something went wrong inside Orgdock. Its log tells more under the id in `instance`.',
  INVALID_INPUT: 'A parameter, header or the body is not as this reference has it.',
  NOT_FOUND: 'There is no such thing, or it is none of the key’s owner.',
  METHOD_NOT_ALLOWED: 'This address does not take the method.',
  FORBIDDEN: 'Something beside the key’s policy does not allow it, such as the environment.',
  CONFLICT: 'It contradicts what is there, such as an alias that is taken.',
  PAYLOAD_TOO_LARGE: 'The body is longer than Orgdock takes here.',
  CONNECTION_AMBIGUOUS: 'The alias fits several connections. Say `environment`, or use the id.',
  IDEMPOTENCY_KEY_REUSED: 'Another request was sent under this Idempotency-Key before.',
  IDEMPOTENCY_IN_PROGRESS: 'The first request of this Idempotency-Key is under way.',
  IDEMPOTENCY_NO_ANSWER:
    'How the first request of this Idempotency-Key ended is not known, or its answer was too large to be kept. Look in Salesforce.',
  RECORDS_NOT_FOR_AUDITORS: 'The owner of the key is an auditor, and auditors read no records.',
  ENVIRONMENT_NOT_OPEN: 'The environment is not open to the owner of the key.',
  ENVIRONMENT_DISABLED: 'The environment is switched off.',
  ENVIRONMENT_DELETED: 'The environment was deleted.',
  ENVIRONMENT_CLOSED: 'It is outside of the environment’s reading hours.',
  API_RESERVE_REACHED: 'What is left of the org’s API calls today is kept for other jobs.',
  GRANT_ENDED: 'Salesforce has ended the grant. Its owner connects again; id and alias stay.',
  GRANT_OUTCOME_UNKNOWN: 'How the last renewal of the token ended is not known yet.',
  GRANT_ANSWER_LOST: 'Salesforce’s answer to the last renewal was lost. Its owner connects again.',
  GRANT_RESTORED: 'The grant comes from a backup and may be spent. Its owner connects again.',
  GRANT_APP_CHANGED: 'The environment has another app than the grant was given to. Its owner connects again.',
  GRANT_CREDENTIALS_REFUSED: 'Salesforce refuses the credentials of the service connection.',
  GRANT_DISCONNECTED: 'The connection was disconnected.',
  REFRESH_BUSY: 'The token is being renewed. Ask again in a moment.',
  APP_BLOCKED: 'The org blocks the app of the environment.',
  APP_NOT_INSTALLED: 'The app of the environment is not installed in the org.',
  APP_USER_NOT_APPROVED: 'The org does not allow this user to use the app.',
  APP_CLIENT_ID_INVALID: 'Salesforce does not know the consumer key of the environment’s app.',
  APP_SECRET_INVALID: 'Salesforce refuses the consumer secret of the environment’s app.',
  IP_RESTRICTED: 'The org does not let Orgdock’s address in.',
  USER_INACTIVE: 'The Salesforce user is not active.',
  ORG_INACTIVE: 'The org is not active.',
  SALESFORCE_REFUSED: 'Salesforce refused to renew the token; `salesforce` holds its words.',
  HOST_NOT_ALLOWED: 'The org’s address is none that Orgdock may call.',
  HOST_UNRESOLVABLE: 'The org’s address could not be looked up.',
  HOST_UNREACHABLE: 'The org could not be reached. A write may have arrived.',
  TIMEOUT: 'The org did not answer in time. A write may have arrived.',
  SALESFORCE_UNAVAILABLE: 'Salesforce cannot answer now.',
  SALESFORCE_ANSWER_INVALID:
    'Salesforce’s answer was broken off or is none that its API gives. A write may have arrived.',
  SALESFORCE_SESSION_REFUSED: 'Salesforce refused a token that had just been renewed.',
  SALESFORCE_QUERY_REFUSED: 'Salesforce refused the query or the write; `salesforce` holds its words.',
  SALESFORCE_NOT_FOUND: 'Salesforce has no such record, or does not show it to this user.',
  SALESFORCE_PRECONDITION_FAILED: 'A condition such as `If-Match` does not hold. Nothing was changed.',
  SALESFORCE_FORBIDDEN: 'The Salesforce user may not do this.',
  SALESFORCE_API_DISABLED: 'The org or the user has no access to the API.',
  SALESFORCE_LIMIT_EXCEEDED: 'The org’s API calls of the day are used up.',
  SALESFORCE_BUSY: 'The org has too many long requests at once.',
  SALESFORCE_QUERY_TIMEOUT: 'The query took longer than Salesforce allows.',
  SALESFORCE_OBJECT_HIDDEN: 'There is no such object, or this user does not see it.',
  SALESFORCE_VERSION_RETIRED: 'The org no longer serves this version of the API.',
  SALESFORCE_LOCATOR_EXPIRED: 'Salesforce has let go of the rows of this query. Ask anew.',
} as const satisfies Partial<Record<ProblemCode, string>>;

/** Every code of the reference with its status, by status. */
export function listProblems(): ProblemMeaning[] {
  const codes = Object.keys(PROBLEM_MEANINGS) as (keyof typeof PROBLEM_MEANINGS)[];
  return codes
    .map((code) => ({ code, status: statusOf(code), meaning: PROBLEM_MEANINGS[code] }))
    .sort((one, other) => one.status - other.status);
}

/** HTTP status of a code. */
export function statusOf(code: ProblemCode): number {
  return problemStatus({ code, message: '', nextStep: null, salesforce: null, details: {} });
}
