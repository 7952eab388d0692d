import type { z } from 'zod';
import { connectionFilterSchema, connectionQuerySchema } from '@/lib/broker/api-schemas/connections';
import { recordId, sobjectName } from '@/lib/broker/api-schemas/record';
import { jsonSchemaOf } from '@/lib/broker/openapi/schemas';
import type { ApiParameter } from '@/lib/broker/openapi/types';

const inPath = (name: string, description: string, schema: ApiParameter['schema'], example: string) =>
  ({ name, in: 'path', required: true, description, schema, example }) as const satisfies ApiParameter;

/** Which connection is meant: all paths below one begin with it. */
export const CONNECTION = inPath(
  'id',
  'Id of a connection, or its alias.',
  { type: 'string', minLength: 1, maxLength: 200 },
  'acme-sales',
);
export const SOBJECT = inPath('sobject', 'API name of an object.', jsonSchemaOf(sobjectName), 'Account');
export const RECORD_ID = inPath('recordId', 'Id of a record.', jsonSchemaOf(recordId), '001000000000001AAA');
export const LINK_ID = inPath(
  'id',
  'Id of a connect link.',
  { type: 'string', format: 'uuid' },
  '6f1c1c9e-6c3f-4c4f-8f5a-0d7b1f6a2e11',
);

/** Slashes in it stay slashes: OpenAPI has no word for a path of several segments. */
export const wildcard = (example: string) =>
  inPath(
    'path',
    'Path of Salesforce’s API and, after it, its query string; both go on as they are written. Its slashes are not encoded.',
    { type: 'string', minLength: 1 },
    example,
  );

/** A named query is asked for by its name and its own parameters. */
export const QUERY_NAME = inPath(
  'name',
  'Name of a named query.',
  { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_]*$', maxLength: 60 },
  'getAccounts',
);
export const OF_NAMED_QUERY: readonly ApiParameter[] = [
  {
    name: 'connection',
    in: 'query',
    required: false,
    description: 'Id of a connection, or its alias. A key that is bound to one connection may leave it out.',
    schema: { type: 'string', maxLength: 200 },
    example: 'acme-sales',
  },
  {
    name: 'format',
    in: 'query',
    required: false,
    description: '`json`: one object with all rows; `ndjson`: a JSON object a line; `csv`: RFC 4180.',
    schema: { type: 'string', enum: ['json', 'ndjson', 'csv'], default: 'json' },
  },
  {
    name: 'defuse',
    in: 'query',
    required: false,
    description: 'Of CSV: what a spreadsheet would run as a formula begins with an apostrophe.',
    schema: { type: 'string', enum: ['true', 'false'], default: 'true' },
  },
  {
    name: 'parameters',
    in: 'query',
    required: false,
    description: 'The query’s own parameters, each by its name.',
    schema: { type: 'object', additionalProperties: { type: 'string' } },
    example: 'name=Acme&limit=10',
    style: 'form',
    explode: true,
  },
];

export const FILTERS = inQuery(connectionFilterSchema);
export const ENVIRONMENT = inQuery(connectionQuerySchema);
export const FIELDS: ApiParameter = {
  name: 'fields',
  in: 'query',
  required: false,
  description: 'Fields that are wanted, by API name; left out: all that the Salesforce user may see.',
  schema: { type: 'string', pattern: '^[A-Za-z]\\w*(?:,[A-Za-z]\\w*)*$' },
  example: 'Id,Name,Industry',
};

export const IDEMPOTENCY_KEY: ApiParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A name of this request, such as a UUID: sent again within 24 hours, it is answered as the first time and not done twice.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
  example: '8c0b6a0e-9d5e-4f5e-a0a5-3f5f2d3f0a10',
};

/** The members of a strict schema of a query string. */
function inQuery(schema: z.ZodObject): ApiParameter[] {
  const { properties, required } = jsonSchemaOf(schema) as {
    properties: Record<string, ApiParameter['schema']>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...member }]) => ({
    name,
    in: 'query',
    required: required?.includes(name) ?? false,
    description: String(description),
    schema: member,
  }));
}
