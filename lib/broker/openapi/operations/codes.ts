import type { ProblemCode } from '@/lib/broker/openapi/types';

/** What each call with a key may be answered. */
export const OF_KEYS = [
  'API_KEY_INVALID',
  'API_KEY_EXPIRED',
  'API_KEY_REVOKED',
  'POLICY_REFUSED',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'INTERNAL',
] as const satisfies ProblemCode[];

/** What a reference to a connection may be answered. */
export const OF_REFERENCES = ['NOT_FOUND', 'CONNECTION_AMBIGUOUS'] as const satisfies ProblemCode[];

/** Why nothing may be read or written through a connection now. */
export const OF_CONNECTIONS = [
  ...OF_REFERENCES,
  'RECORDS_NOT_FOR_AUDITORS',
  'ENVIRONMENT_NOT_OPEN',
  'ENVIRONMENT_DISABLED',
  'ENVIRONMENT_DELETED',
  'ENVIRONMENT_CLOSED',
  'API_RESERVE_REACHED',
  'GRANT_ENDED',
  'GRANT_OUTCOME_UNKNOWN',
  'GRANT_ANSWER_LOST',
  'GRANT_RESTORED',
  'GRANT_APP_CHANGED',
  'GRANT_CREDENTIALS_REFUSED',
  'GRANT_DISCONNECTED',
  'REFRESH_BUSY',
  'APP_BLOCKED',
  'APP_NOT_INSTALLED',
  'APP_USER_NOT_APPROVED',
  'APP_CLIENT_ID_INVALID',
  'APP_SECRET_INVALID',
  'IP_RESTRICTED',
  'USER_INACTIVE',
  'ORG_INACTIVE',
  'SALESFORCE_REFUSED',
] as const satisfies ProblemCode[];

/** Why a call that left for Salesforce came back without an answer of its own. */
export const OF_THE_WAY = [
  'HOST_NOT_ALLOWED',
  'HOST_UNRESOLVABLE',
  'HOST_UNREACHABLE',
  'TIMEOUT',
  'SALESFORCE_UNAVAILABLE',
  'SALESFORCE_ANSWER_INVALID',
  'SALESFORCE_SESSION_REFUSED',
] as const satisfies ProblemCode[];

/** Salesforce's refusals where they are told as problems. */
export const OF_SALESFORCE = [
  'SALESFORCE_QUERY_REFUSED',
  'SALESFORCE_NOT_FOUND',
  'SALESFORCE_FORBIDDEN',
  'SALESFORCE_API_DISABLED',
  'SALESFORCE_LIMIT_EXCEEDED',
  'SALESFORCE_BUSY',
  'SALESFORCE_QUERY_TIMEOUT',
  'SALESFORCE_OBJECT_HIDDEN',
  'SALESFORCE_VERSION_RETIRED',
  'SALESFORCE_LOCATOR_EXPIRED',
] as const satisfies ProblemCode[];

/** What a write under a name may be answered. */
export const OF_IDEMPOTENCY = [
  'IDEMPOTENCY_KEY_REUSED',
  'IDEMPOTENCY_IN_PROGRESS',
  'IDEMPOTENCY_NO_ANSWER',
] as const satisfies ProblemCode[];
