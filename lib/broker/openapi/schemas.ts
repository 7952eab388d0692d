import { z } from 'zod';
import {
  connectLinkAnswer,
  createConnectLinkBody,
  createdConnectLink,
} from '@/lib/broker/api-schemas/connect-links';
import { connectionDetailSchema, connectionListSchema } from '@/lib/broker/api-schemas/connections';
import { problemSchema, salesforceErrorSchema } from '@/lib/broker/api-schemas/problem';
import { queryRequestSchema } from '@/lib/broker/api-schemas/query';
import { createdRecordSchema, recordFieldsSchema, recordSchema } from '@/lib/broker/api-schemas/record';
import { handedOutTokenSchema, tokenRequestSchema } from '@/lib/broker/api-schemas/token';
import type { JsonSchema } from '@/lib/broker/openapi/types';

/** What is sent: defaults may be left out. */
const SENT = {
  QueryRequest: queryRequestSchema,
  RecordFields: recordFieldsSchema,
  TokenRequest: tokenRequestSchema,
  NewConnectLink: createConnectLinkBody,
};
const ANSWERED = {
  ConnectionList: connectionListSchema,
  Connection: connectionDetailSchema,
  Record: recordSchema,
  CreatedRecord: createdRecordSchema,
  Token: handedOutTokenSchema,
  CreatedConnectLink: createdConnectLink,
  ConnectLink: connectLinkAnswer,
  Rows: z
    .object({ totalSize: z.number().int(), records: z.array(z.looseObject({})) })
    .describe('All rows of a query, each by the names of its columns.'),
  Row: z.looseObject({}).describe('A row by the names of its columns; children of a subquery as an array.'),
  Problem: problemSchema,
  SalesforceErrors: salesforceErrorSchema,
};

/** The schemas of bodies and answers by name, as JSON Schema 2020-12: the very ones that the routes read and write by. */
export function componentSchemas(): Record<string, JsonSchema> {
  return { ...inJson(SENT, 'input'), ...inJson(ANSWERED, 'output') };
}

/** One schema, or of an object the schemas of its members, as they stand in a document. */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output' = 'input'): JsonSchema {
  const { $schema: _, ...plain } = z.toJSONSchema(schema, { io }) as JsonSchema;
  return plain;
}

function inJson(schemas: Record<string, z.ZodType>, io: 'input' | 'output'): Record<string, JsonSchema> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, jsonSchemaOf(schema, io)]),
  );
}
