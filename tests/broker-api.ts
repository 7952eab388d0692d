import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import * as connectLink from '@/app/api/v1/connect-links/[id]/route';
import * as connectLinks from '@/app/api/v1/connect-links/route';
import * as proxy from '@/app/api/v1/connections/[id]/proxy/[...path]/route';
import * as query from '@/app/api/v1/connections/[id]/query/route';
import * as record from '@/app/api/v1/connections/[id]/records/[sobject]/[recordId]/route';
import * as records from '@/app/api/v1/connections/[id]/records/[sobject]/route';
import * as connection from '@/app/api/v1/connections/[id]/route';
import * as token from '@/app/api/v1/connections/[id]/token/route';
import * as connections from '@/app/api/v1/connections/route';
import * as document from '@/app/api/v1/openapi.json/route';
import * as namedQuery from '@/app/api/v1/queries/[name]/run/route';
import * as root from '@/app/services/[...path]/route';
import { openApiDocument } from '@/lib/broker/openapi/document';
import type { ApiOperation, JsonSchema } from '@/lib/broker/openapi/types';
import { keyRequest } from '@/tests/api-keys';

type Handler = (request: Request, context: { params: Promise<never> }) => Response | Promise<Response>;

/** The routes by the paths of the document. */
const ROUTES: Record<string, object> = {
  '/api/v1/connections': connections,
  '/api/v1/connections/{id}': connection,
  '/api/v1/connections/{id}/token': token,
  '/api/v1/connections/{id}/query': query,
  '/api/v1/connections/{id}/records/{sobject}': records,
  '/api/v1/connections/{id}/records/{sobject}/{recordId}': record,
  '/api/v1/queries/{name}/run': namedQuery,
  '/api/v1/connections/{id}/proxy/{path}': proxy,
  '/services/{path}': root,
  '/api/v1/connect-links': connectLinks,
  '/api/v1/connect-links/{id}': connectLink,
  '/api/v1/openapi.json': document,
};

export interface Call {
  /** By name: of the path. */
  path?: Record<string, string>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  /** Text, or what becomes JSON. */
  body?: unknown;
}

/** Calls an operation as a program would, past the server. Null: no program can send this. */
export async function callOperation(
  { path, method }: Pick<ApiOperation, 'path' | 'method'>,
  secret: string | null,
  call: Call,
): Promise<Response | null> {
  const params = call.path ?? {};
  const search = new URLSearchParams(call.query).toString();
  const { body } = call;
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  let request: Request;
  try {
    const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      name === 'path' ? (params.path ?? '') : encodeURIComponent(params[name] ?? ''),
    );
    request = keyRequest(secret, `${address}${search === '' ? '' : `?${search}`}`, {
      method: method.toUpperCase(),
      headers: { ...(text === undefined ? {} : { 'content-type': 'application/json' }), ...call.headers },
      ...(text === undefined || method === 'get' || method === 'head' ? {} : { body: text }),
    });
  } catch {
    return null;
  }
  const handler = (ROUTES[path] as Record<string, Handler> | undefined)?.[method.toUpperCase()];
  if (!handler) throw new Error(`There is no route for ${method} ${path}.`);
  return await handler(request, { params: Promise.resolve(params as never) });
}

interface Answer {
  content?: Record<string, { schema?: JsonSchema }>;
}
const DOCUMENT = JSON.parse(JSON.stringify(openApiDocument('https://portal.example'))) as {
  paths: Record<string, Record<string, { responses: Record<string, Answer> }>>;
  components: JsonSchema;
};
const ajv = new Ajv2020({ strict: false, validateFormats: false });

/** What of an answer is not as the document has it; empty: nothing. */
export async function faultsOf(operation: ApiOperation, answer: Response): Promise<string[]> {
  const { responses = {} } = DOCUMENT.paths[operation.path]?.[operation.method] ?? {};
  const type = (answer.headers.get('content-type') ?? '').split(';')[0] ?? '';
  const text = await answer.clone().text();
  const isOurs = !responses.default || type === 'application/problem+json' || text.includes('ORGDOCK_');
  const told = responses[isOurs ? String(answer.status) : 'default'];
  if (!told) return [`${answer.status} is not told of: ${text.slice(0, 300)}`];
  // The server leaves the body of an answer to HEAD out.
  if (text === '' || operation.method === 'head') return [];
  const content = told.content?.[type] ?? told.content?.['*/*'];
  if (!content) return [`${answer.status} with ${type} is not told of: ${text.slice(0, 300)}`];
  if (!content.schema) return [];
  const validate = validatorOf(content.schema);
  const values = type === 'application/x-ndjson' ? text.split('\n').filter(Boolean) : [text];
  return values.flatMap((value) =>
    validate(JSON.parse(value)) ? [] : [`${ajv.errorsText(validate.errors)}: ${value.slice(0, 300)}`],
  );
}

const validators = new Map<JsonSchema, ValidateFunction>();

function validatorOf(schema: JsonSchema): ValidateFunction {
  const validate = validators.get(schema) ?? ajv.compile({ ...schema, components: DOCUMENT.components });
  validators.set(schema, validate);
  return validate;
}
