import { CONNECT_LINK_OPERATIONS } from '@/lib/broker/openapi/operations/connect-links';
import { CONNECTION_OPERATIONS } from '@/lib/broker/openapi/operations/connections';
import { RECORD_OPERATIONS } from '@/lib/broker/openapi/operations/records';
import { SALESFORCE_OPERATIONS } from '@/lib/broker/openapi/operations/salesforce';
import type { ApiOperation } from '@/lib/broker/openapi/types';

const ABOUT: ApiOperation = {
  tag: 'About the API',
  key: 'none',
  dialect: 'problem',
  operationId: 'getDocument',
  method: 'get',
  path: '/api/v1/openapi.json',
  summary: 'Read this document',
  description: 'OpenAPI 3.1, without a key.',
  parameters: [],
  body: null,
  answers: [
    { status: '200', description: 'The document.', content: { 'application/json': { schema: null } } },
  ],
  problems: [],
};

/** Every operation of the API, in the order in which it is told of. */
export const OPERATIONS_OF_API: readonly ApiOperation[] = [
  ...CONNECTION_OPERATIONS,
  ...RECORD_OPERATIONS,
  ...SALESFORCE_OPERATIONS,
  ...CONNECT_LINK_OPERATIONS,
  ABOUT,
];
