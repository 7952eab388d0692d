import { OF_KEYS } from '@/lib/broker/openapi/operations/codes';
import { LINK_ID } from '@/lib/broker/openapi/operations/parameters';
import type { ApiOperation } from '@/lib/broker/openapi/types';

const COMMON = { tag: 'Connect links', key: 'required', dialect: 'problem' } as const;

/** Links by which somebody else grants a connection. */
export const CONNECT_LINK_OPERATIONS: readonly ApiOperation[] = [
  {
    ...COMMON,
    operationId: 'createConnectLink',
    method: 'post',
    path: '/api/v1/connect-links',
    summary: 'Make a connect link',
    description:
      'Whoever opens it grants a connection to the key’s owner; the page says who will hold it. It works once, in the browser that opened it first. The address is shown this one time, so the answer is not kept for an Idempotency-Key.',
    parameters: [],
    body: {
      required: true,
      content: {
        'application/json': {
          schema: 'NewConnectLink',
          example: { environment: 'production', purpose: 'Nightly report of sales', expiresIn: 86_400 },
        },
      },
    },
    answers: [
      {
        status: '201',
        description: 'The link.',
        content: { 'application/json': { schema: 'CreatedConnectLink' } },
      },
    ],
    problems: [
      ...OF_KEYS,
      'INVALID_INPUT',
      'NOT_FOUND',
      'CONFLICT',
      'FORBIDDEN',
      'RECORDS_NOT_FOR_AUDITORS',
      'ENVIRONMENT_DISABLED',
      'ENVIRONMENT_NOT_OPEN',
    ],
  },
  {
    ...COMMON,
    operationId: 'getConnectLink',
    method: 'get',
    path: '/api/v1/connect-links/{id}',
    summary: 'Show what became of a connect link',
    description: 'Of a link that this key made; once it was used, with the connection.',
    parameters: [LINK_ID],
    body: null,
    answers: [
      {
        status: '200',
        description: 'The link.',
        content: { 'application/json': { schema: 'ConnectLink' } },
      },
    ],
    problems: [...OF_KEYS, 'NOT_FOUND'],
  },
];
