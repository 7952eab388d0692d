import {
  OF_CONNECTIONS,
  OF_IDEMPOTENCY,
  OF_KEYS,
  OF_SALESFORCE,
  OF_THE_WAY,
} from '@/lib/broker/openapi/operations/codes';
import {
  CONNECTION,
  ENVIRONMENT,
  FIELDS,
  IDEMPOTENCY_KEY,
  OF_NAMED_QUERY,
  QUERY_NAME,
  RECORD_ID,
  SOBJECT,
} from '@/lib/broker/openapi/operations/parameters';
import type { ApiOperation } from '@/lib/broker/openapi/types';

const COMMON = { key: 'required', dialect: 'problem' } as const;
const PROBLEMS = [...OF_KEYS, ...OF_CONNECTIONS, ...OF_SALESFORCE, ...OF_THE_WAY, 'INVALID_INPUT'] as const;
const WRITE_PROBLEMS = [
  ...PROBLEMS,
  ...OF_IDEMPOTENCY,
  'PAYLOAD_TOO_LARGE',
  'CONFLICT',
  'SALESFORCE_PRECONDITION_FAILED',
] as const;
const PATH = '/api/v1/connections/{id}/records/{sobject}/{recordId}';
const FIELDS_BODY = {
  required: true,
  content: {
    'application/json': { schema: 'RecordFields', example: { Name: 'Acme', Industry: 'Energy' } },
  },
};

/** All rows of a query, and single records. */
export const RECORD_OPERATIONS: readonly ApiOperation[] = [
  {
    ...COMMON,
    tag: 'Queries',
    operationId: 'query',
    method: 'post',
    path: '/api/v1/connections/{id}/query',
    summary: 'Stream all rows of a query',
    description:
      'Follows every page of Salesforce’s answer and streams the rows as they come; one page is held at a time. An error after the first row ends NDJSON with a line `{"error": …}` and breaks a CSV off, so that neither looks complete.',
    parameters: [CONNECTION, ...ENVIRONMENT],
    body: {
      required: true,
      content: {
        'application/json': {
          schema: 'QueryRequest',
          example: { soql: 'SELECT Id, Name FROM Account ORDER BY Name', format: 'ndjson' },
        },
      },
    },
    answers: [
      {
        status: '200',
        description: 'The rows.',
        content: { 'application/x-ndjson': { schema: 'Row' }, 'text/csv': { schema: null } },
        headers: ['Orgdock-Total-Rows'],
      },
    ],
    problems: PROBLEMS,
  },
  {
    ...COMMON,
    tag: 'Queries',
    operationId: 'runNamedQuery',
    method: 'get',
    path: '/api/v1/queries/{name}/run',
    summary: 'Run a named query',
    description:
      'All rows of a query that administrators have written, with values for its parameters. `getAccounts` and `getOpportunities` are always there.',
    parameters: [QUERY_NAME, ...OF_NAMED_QUERY, ...ENVIRONMENT],
    body: null,
    answers: [
      {
        status: '200',
        description: 'The rows.',
        content: {
          'application/json': { schema: 'Rows' },
          'application/x-ndjson': { schema: 'Row' },
          'text/csv': { schema: null },
        },
        headers: ['Orgdock-Total-Rows'],
      },
    ],
    problems: PROBLEMS,
  },
  {
    ...COMMON,
    tag: 'Records',
    operationId: 'createRecord',
    method: 'post',
    path: '/api/v1/connections/{id}/records/{sobject}',
    summary: 'Create a record',
    description: 'The write is in the audit log with the id of the record, never with its values.',
    parameters: [CONNECTION, SOBJECT, ...ENVIRONMENT, IDEMPOTENCY_KEY],
    body: FIELDS_BODY,
    answers: [
      {
        status: '201',
        description: 'It was created.',
        content: { 'application/json': { schema: 'CreatedRecord' } },
        headers: ['Idempotency-Replayed'],
      },
    ],
    problems: WRITE_PROBLEMS,
  },
  {
    ...COMMON,
    tag: 'Records',
    operationId: 'getRecord',
    method: 'get',
    path: PATH,
    summary: 'Read a record',
    description: 'Name `fields` when the key’s policy limits them.',
    parameters: [CONNECTION, SOBJECT, RECORD_ID, FIELDS, ...ENVIRONMENT],
    body: null,
    answers: [
      {
        status: '200',
        description: 'The record.',
        content: { 'application/json': { schema: 'Record' } },
      },
    ],
    problems: PROBLEMS,
  },
  {
    ...COMMON,
    tag: 'Records',
    operationId: 'updateRecord',
    method: 'patch',
    path: PATH,
    summary: 'Change a record',
    description: 'Only the fields that are sent; `null` empties one.',
    parameters: [CONNECTION, SOBJECT, RECORD_ID, ...ENVIRONMENT, IDEMPOTENCY_KEY],
    body: FIELDS_BODY,
    answers: [
      { status: '204', description: 'It was changed.', content: {}, headers: ['Idempotency-Replayed'] },
    ],
    problems: WRITE_PROBLEMS,
  },
  {
    ...COMMON,
    tag: 'Records',
    operationId: 'deleteRecord',
    method: 'delete',
    path: PATH,
    summary: 'Delete a record',
    description: 'It goes to Salesforce’s recycle bin.',
    parameters: [CONNECTION, SOBJECT, RECORD_ID, ...ENVIRONMENT, IDEMPOTENCY_KEY],
    body: null,
    answers: [
      { status: '204', description: 'It was deleted.', content: {}, headers: ['Idempotency-Replayed'] },
    ],
    problems: WRITE_PROBLEMS,
  },
];
