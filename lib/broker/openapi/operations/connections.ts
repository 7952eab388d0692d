import { OF_CONNECTIONS, OF_KEYS, OF_REFERENCES, OF_THE_WAY } from '@/lib/broker/openapi/operations/codes';
import { CONNECTION, ENVIRONMENT, FILTERS } from '@/lib/broker/openapi/operations/parameters';
import type { ApiOperation } from '@/lib/broker/openapi/types';

const COMMON = { tag: 'Connections', key: 'required', dialect: 'problem' } as const;

/** What connections there are, and how it is with them. */
export const CONNECTION_OPERATIONS: readonly ApiOperation[] = [
  {
    ...COMMON,
    operationId: 'listConnections',
    method: 'get',
    path: '/api/v1/connections',
    summary: 'List the connections of the key',
    description:
      'Those of the key’s owner that its policy names, and service connections that are shared with the owner, the oldest first. While `next` is not null there is another page. It asks Salesforce nothing.',
    parameters: FILTERS,
    body: null,
    answers: [
      {
        status: '200',
        description: 'A page of connections.',
        content: { 'application/json': { schema: 'ConnectionList' } },
      },
    ],
    problems: [...OF_KEYS, 'INVALID_INPUT'],
  },
  {
    ...COMMON,
    operationId: 'getConnection',
    method: 'get',
    path: '/api/v1/connections/{id}',
    summary: 'Show one connection',
    description:
      'Its org, user, scopes, health and forecast, whatever its health. Never a token. It asks Salesforce nothing.',
    parameters: [CONNECTION, ...ENVIRONMENT],
    body: null,
    answers: [
      {
        status: '200',
        description: 'The connection.',
        content: { 'application/json': { schema: 'Connection' } },
      },
    ],
    problems: [...OF_KEYS, ...OF_REFERENCES, 'INVALID_INPUT'],
  },
  {
    ...COMMON,
    operationId: 'handOutToken',
    method: 'post',
    path: '/api/v1/connections/{id}/token',
    summary: 'Hand out an access token',
    description:
      'For what cannot go through the proxy. Off unless both the environment and the key’s policy allow it; every token that leaves is in the audit log. A token may do all that its Salesforce user may. When Salesforce answers it with 401, ask again with `ended` and its `generation`. The answer is never kept for an Idempotency-Key.',
    parameters: [CONNECTION, ...ENVIRONMENT],
    body: { required: true, content: { 'application/json': { schema: 'TokenRequest', example: {} } } },
    answers: [
      {
        status: '200',
        description: 'The token.',
        content: { 'application/json': { schema: 'Token' } },
      },
    ],
    problems: [...OF_KEYS, ...OF_CONNECTIONS, ...OF_THE_WAY, 'FORBIDDEN', 'INVALID_INPUT'],
  },
];
