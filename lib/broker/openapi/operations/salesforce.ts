import {
  OF_CONNECTIONS,
  OF_IDEMPOTENCY,
  OF_KEYS,
  OF_SALESFORCE,
  OF_THE_WAY,
} from '@/lib/broker/openapi/operations/codes';
import { CONNECTION, IDEMPOTENCY_KEY, wildcard } from '@/lib/broker/openapi/operations/parameters';
import type { ApiOperation, Method } from '@/lib/broker/openapi/types';

const WORDS: Record<Method, string> = {
  get: 'Get',
  head: 'Head',
  post: 'Post',
  put: 'Put',
  patch: 'Patch',
  delete: 'Delete',
};
const METHODS = Object.keys(WORDS) as Method[];
const IS_WRITE: ReadonlySet<Method> = new Set<Method>(['post', 'put', 'patch', 'delete']);

const PASSED_ON =
  'Status and body are Salesforce’s, byte for byte; a token that has ended is renewed and the call is made again once. What the policy cannot read is refused.';

const PLACES = [
  {
    name: 'ThroughConnection',
    path: '/api/v1/connections/{id}/proxy/{path}',
    dialect: 'problem',
    parameters: [CONNECTION, wildcard('services/data/v66.0/limits')],
    summary: 'Call Salesforce’s API through a connection',
    description: `${PASSED_ON} An alias must fit one connection of the key: the query string is Salesforce’s, and names no environment.`,
  },
  {
    name: 'AtRoot',
    path: '/services/{path}',
    dialect: 'salesforce',
    parameters: [wildcard('data/v66.0/limits')],
    summary: 'Call Salesforce’s API at the portal’s root',
    description: `For clients that know an instance URL and an access token only: give them the portal’s address and the key. The key must be bound to exactly one connection. ${PASSED_ON} Orgdock’s own errors are written as Salesforce writes its own.`,
  },
] as const;

/** Salesforce's own API, at a connection and at the root, by every method. */
export const SALESFORCE_OPERATIONS: readonly ApiOperation[] = PLACES.flatMap((place) =>
  METHODS.map((method) => operationOf(place, method)),
);

function operationOf(place: (typeof PLACES)[number], method: Method): ApiOperation {
  const { name, path, dialect, parameters, summary, description } = place;
  const writes = IS_WRITE.has(method);
  return {
    tag: 'Salesforce',
    key: 'required',
    operationId: `${method}${name}`,
    ...{ method, path, dialect, description },
    summary: method === 'get' ? summary : `${summary} (${method.toUpperCase()})`,
    parameters: writes ? [...parameters, IDEMPOTENCY_KEY] : parameters,
    body:
      writes && method !== 'delete'
        ? { required: false, content: { 'application/json': { schema: null } } }
        : null,
    answers: [
      {
        status: 'default',
        description: 'Salesforce’s answer, whatever its status.',
        content: method === 'head' ? {} : { '*/*': { schema: null } },
        headers: writes ? ['Idempotency-Replayed'] : [],
      },
    ],
    problems: [
      ...OF_KEYS,
      ...OF_CONNECTIONS,
      ...OF_SALESFORCE,
      ...OF_THE_WAY,
      'INVALID_INPUT',
      'PAYLOAD_TOO_LARGE',
      ...(writes ? OF_IDEMPOTENCY : []),
    ],
  };
}
