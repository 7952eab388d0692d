import { OPERATIONS_OF_API } from '@/lib/broker/openapi/operations';
import { statusOf } from '@/lib/broker/openapi/problems';
import { componentSchemas } from '@/lib/broker/openapi/schemas';
import type { ApiAnswer, ApiContent, ApiOperation, JsonSchema } from '@/lib/broker/openapi/types';

const OF_EVERY_ANSWER = [
  'X-Request-Id',
  'Orgdock-Api-Calls',
  'Orgdock-Api-Budget',
  'RateLimit-Policy',
  'RateLimit',
];

const HEADERS: Record<string, JsonSchema> = {
  'X-Request-Id': {
    description: 'Id of the call, as in the log.',
    schema: { type: 'string', format: 'uuid' },
  },
  'Orgdock-Api-Calls': {
    description: 'API calls that Salesforce counted for this one.',
    schema: { type: 'integer', minimum: 0 },
  },
  'Orgdock-Api-Budget': {
    description: 'API calls of the org that are used, and that it has in 24 hours, such as `1200/100000`.',
    schema: { type: 'string', pattern: '^\\d+/\\d+$' },
  },
  'RateLimit-Policy': {
    description: 'Quotas of the key (draft-ietf-httpapi-ratelimit-headers), such as `"key";q=600;w=60`.',
    schema: { type: 'string' },
  },
  RateLimit: { description: 'What is left of them, such as `"key";r=598;t=42`.', schema: { type: 'string' } },
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 0 } },
  'Idempotency-Replayed': {
    description: '`true`: the answer of the first request under this Idempotency-Key.',
    schema: { const: 'true' },
  },
  'Orgdock-Total-Rows': {
    description: 'Rows that Salesforce announced, where it did.',
    schema: { type: 'integer', minimum: 0 },
  },
};

/** The API as OpenAPI 3.1 has it, for programs and their tools. `server`: origin of the portal. Holds no secret. */
export function openApiDocument(server: string): JsonSchema {
  const paths: Record<string, JsonSchema> = {};
  for (const operation of OPERATIONS_OF_API) {
    const { path, method } = operation;
    paths[path] = { ...paths[path], [method]: inDocument(operation) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Orgdock',
      version: '1',
      description:
        'Salesforce through Orgdock: a key acts as its owner, within its policy. Errors are problem details (RFC 9457).',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: server }],
    tags: [...new Set(OPERATIONS_OF_API.map(({ tag }) => tag))].map((name) => ({ name })),
    security: [{ apiKey: [] }],
    paths,
    components: {
      schemas: componentSchemas(),
      headers: HEADERS,
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'The secret of an API key: `odk_…`.' },
      },
    },
  };
}

function inDocument(operation: ApiOperation): JsonSchema {
  const { operationId, tag, summary, description, parameters, body, answers, key } = operation;
  return {
    ...{ operationId, tags: [tag], summary, description },
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: body.required, content: contentOf(body.content) } } : {}),
    ...(key === 'none' ? { security: [] } : {}),
    responses: {
      ...Object.fromEntries(answers.map((answer) => [answer.status, answerOf(answer, operation)])),
      ...problemsOf(operation),
    },
  };
}

function answerOf({ description, content, headers = [] }: ApiAnswer, { key }: ApiOperation): JsonSchema {
  const named = key === 'none' ? [] : [...OF_EVERY_ANSWER, ...headers];
  return {
    description,
    ...(named.length > 0 ? { headers: headersOf(named) } : {}),
    ...(Object.keys(content).length > 0 ? { content: contentOf(content) } : {}),
  };
}

/** One answer for each status, with the codes that it may carry. */
function problemsOf({ problems, dialect, method }: ApiOperation): Record<string, JsonSchema> {
  const byStatus = new Map<number, string[]>();
  for (const code of problems) byStatus.set(statusOf(code), [...(byStatus.get(statusOf(code)) ?? []), code]);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.join(', '),
        headers: headersOf([
          ...OF_EVERY_ANSWER,
          ...(status === 429 || status === 503 ? ['Retry-After'] : []),
        ]),
        ...(method === 'head' ? {} : { content: problemContent(dialect, codes) }),
      },
    ]),
  );
}

function problemContent(dialect: ApiOperation['dialect'], codes: string[]): JsonSchema {
  if (dialect === 'salesforce')
    return { 'application/json': { schema: reference('schemas', 'SalesforceErrors') } };
  const ofThese = { type: 'object', properties: { code: { enum: codes } } };
  return { 'application/problem+json': { schema: { allOf: [reference('schemas', 'Problem'), ofThese] } } };
}

function contentOf(content: Record<string, ApiContent>): JsonSchema {
  return Object.fromEntries(
    Object.entries(content).map(([type, { schema, example }]) => [
      type,
      {
        ...(schema === null ? {} : { schema: reference('schemas', schema) }),
        ...(example === undefined ? {} : { example }),
      },
    ]),
  );
}

function headersOf(names: readonly string[]): JsonSchema {
  return Object.fromEntries(names.map((name) => [name, reference('headers', name)]));
}

function reference(kind: 'schemas' | 'headers', name: string): JsonSchema {
  return { $ref: `#/components/${kind}/${name}` };
}
