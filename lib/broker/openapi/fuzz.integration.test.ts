import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPERATIONS_OF_API } from '@/lib/broker/openapi/operations';
import { componentSchemas } from '@/lib/broker/openapi/schemas';
import type { ApiOperation, JsonSchema } from '@/lib/broker/openapi/types';
import { makeApiKey } from '@/tests/api-keys';
import { type Call, callOperation, faultsOf } from '@/tests/broker-api';
import { startProgram } from '@/tests/programs';

/** The same requests each time. */
const SEED = 20_261_127;
const RUNS_OF_EACH = 60;
const MOST_SECONDS = 60;

/** Salesforce's access and refresh tokens, and our secrets. */
const SECRET = /00D\w{12,15}!|5Aep861|odk_[a-z0-9]{12}_[\w-]{43}|odl_[\w-]{43}|BEGIN [A-Z ]*PRIVATE KEY/;

const SCHEMAS = componentSchemas();
const NASTY = fc.constantFrom(
  ...[
    '',
    ' ',
    '.',
    '..',
    '%00',
    '\0',
    'a\0b',
    "'",
    '"',
    '`',
    '$ref',
    '__proto__',
    'constructor',
    '-1',
    '1e999',
  ],
  ...['\u202e', '\ud800', '🙂'.repeat(40), 'a'.repeat(300), '../../limits', '//evil.example', '%2e%2e%2f'],
  ...[
    "' OR 1=1 --",
    '{"a":1}',
    'null',
    '[]',
    '<script>',
    '{{7*7}}',
    '1; DROP TABLE people',
    'Account,Contact',
  ],
);
const text = fc.oneof(
  { weight: 4, arbitrary: NASTY },
  fc.string({ unit: 'binary' }),
  fc.string({ maxLength: 40 }),
  fc.uuid(),
);

/** Values as a schema wants them, and beside it. */
function valuesOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { type, enum: choices, const: only, anyOf, properties, items } = schema;
  const right = (): fc.Arbitrary<unknown> => {
    if (only !== undefined) return fc.constant(only);
    if (Array.isArray(choices)) return fc.constantFrom(...choices);
    if (Array.isArray(anyOf)) return fc.oneof(...anyOf.map((one: JsonSchema) => valuesOf(one)));
    if (type === 'string') return text;
    if (type === 'integer' || type === 'number')
      return fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double());
    if (type === 'boolean') return fc.boolean();
    if (type === 'array') return fc.array(valuesOf(items as JsonSchema), { maxLength: 4 });
    if (!properties) return fc.dictionary(text, fc.jsonValue(), { maxKeys: 5 });
    const members = Object.entries(properties as Record<string, JsonSchema>);
    return fc.record(Object.fromEntries(members.map(([name, one]) => [name, valuesOf(one)])), {
      requiredKeys: [],
    });
  };
  return fc.oneof({ weight: 5, arbitrary: right() }, { weight: 1, arbitrary: fc.jsonValue() });
}

const SOQL = fc.constantFrom(
  'SELECT Id FROM Account LIMIT 3',
  'SELECT FIELDS(ALL) FROM Account LIMIT 1',
  'SELECT Id, (SELECT Id FROM Contacts) FROM Account LIMIT 2',
  'SELECT COUNT() FROM Account',
  "SELECT Id FROM Account WHERE Name = '\\",
  'FIND {a} IN ALL FIELDS',
  "SELECT Id FROM Account WHERE Name = 'a\ud800'",
  "SELECT Id FROM Account WHERE Name = 'a\0'",
);

function bodyOf({ body }: ApiOperation, slugs: string[]): fc.Arbitrary<unknown> {
  const [content] = Object.values(body?.content ?? {});
  const schema = content?.schema ? SCHEMAS[content.schema] : undefined;
  const shaped = schema ? valuesOf(schema) : fc.jsonValue();
  return fc.oneof(
    { weight: 4, arbitrary: shaped },
    { weight: 1, arbitrary: fc.record({ soql: SOQL, format: fc.constantFrom('ndjson', 'csv') }) },
    { weight: 1, arbitrary: fc.record({ Name: text }) },
    {
      weight: 1,
      arbitrary: fc.record({
        environment: fc.constantFrom(...slugs),
        purpose: fc.oneof(text, fc.constant('Fuzz')),
      }),
    },
    { weight: 1, arbitrary: fc.oneof(text, fc.constant('{"a":1,"a":2}'), fc.constant('[')) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

const HEADERS = fc.dictionary(
  fc.constantFrom(
    ...['idempotency-key', 'content-type', 'accept', 'sforce-query-options', 'x-http-method-override'],
    ...[
      'if-none-match',
      'content-encoding',
      'x-orgdock-target',
      'cookie',
      'x-sfdc-session',
      'sforce-call-options',
    ],
  ),
  fc.oneof(
    fc.string(),
    fc.constantFrom('application/json', 'text/xml', 'gzip', 'batchSize=200', '"a"', 'GET'),
  ),
  { maxKeys: 3 },
);

const PATHS = fc.oneof(
  fc.constantFrom(
    ...[
      'data',
      'data/',
      'data/v66.0/limits',
      'data/v66.0/query?q=SELECT+Id+FROM+Account+LIMIT+1',
      'oauth2/token',
    ],
    ...['data/v66.0/sobjects/Account', 'data/v66.0/composite', 'data/v66.0/query/01gxx-2000', 'Soap/u/66.0'],
    ...[
      'data/v66.0/sobjects/Account/001000000000001AAA',
      'data/v66.0/../../x',
      'data/v66.0/%2e%2e/limits',
      'apexrest/x',
    ],
  ),
  text.map((piece) => `data/v66.0/${piece}`),
  text,
);

/** Requests of an operation: its own parameters, right, odd, and others'. `known`: what exists, by name. */
function callsOf(operation: ApiOperation, known: Record<string, string[]>): fc.Arbitrary<Call> {
  const of = (place: 'path' | 'query') =>
    operation.parameters.filter((one) => one.in === place && one.name !== 'path').map(({ name }) => name);
  const value = (name: string) => {
    const right = known[name] ?? [];
    // Mostly right: a request that is wrong at its beginning finds nothing behind it.
    return right.length === 0
      ? text
      : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...right) }, { weight: 1, arbitrary: text });
  };
  const inPath = Object.fromEntries(of('path').map((name) => [name, value(name)]));
  const isThrough = operation.path.endsWith('{path}');
  const prefix = operation.path.startsWith('/services') ? '' : 'services/';
  return fc.record({
    path: fc.record({ ...inPath, ...(isThrough ? { path: PATHS.map((rest) => prefix + rest) } : {}) }),
    query: isThrough
      ? fc.constant({})
      : fc.dictionary(
          fc.oneof(fc.constantFrom('environment', ...of('query')), text),
          fc.oneof(...['environment', ...of('query')].map(value), text),
          {
            maxKeys: 2,
          },
        ),
    headers: HEADERS,
    body: bodyOf(operation, known.environment ?? []),
  });
}

describe('requests that nobody has thought of', () => {
  it('are answered as the document says: no error of ours, no token, no secret', async () => {
    const program = await startProgram({}, { accounts: 5 });
    const other = await startProgram({}, { accounts: 5 });
    // A key of one connection makes no links.
    const unbound = (await makeApiKey(program.ownerId)).secret;
    const known = {
      id: [program.connectionId, program.connectionId, other.connectionId],
      environment: [program.environment.slug, other.environment.slug],
      sobject: ['Account', 'Contact', 'Nope__c'],
      name: ['getAccounts', 'getOpportunities'],
      connection: [program.connectionId, other.connectionId],
      format: ['json', 'ndjson', 'csv'],
      recordId: ['001000000000001AAA', '001000000000001'],
    };
    const ends = Date.now() + MOST_SECONDS * 1_000;
    const faults = new Set<string>();
    let answered = 0;
    for (const operation of OPERATIONS_OF_API.filter(({ key }) => key === 'required')) {
      const calls = fc.sample(callsOf(operation, known), { seed: SEED, numRuns: RUNS_OF_EACH });
      const secret = operation.tag === 'Connect links' ? unbound : program.secret;
      for (const call of calls) {
        if (Date.now() > ends) break;
        const answer = await callOperation(operation, secret, call);
        if (!answer) continue;
        answered += 1;
        const all = `${JSON.stringify([...answer.headers])} ${await answer.clone().text()}`;
        const about = `${operation.operationId} ${JSON.stringify(call)}`;
        const isOurs = all.includes('"INTERNAL"') || all.includes('ORGDOCK_INTERNAL');
        if (isOurs || (answer.status === 500 && operation.tag !== 'Salesforce')) faults.add(`500: ${about}`);
        const link = /"url":"[^"]*\/connect\/odl_[\w-]{43}"/;
        if (SECRET.test(all.replace(link, '')) || all.includes(secret)) faults.add(`secret: ${about}`);
        for (const fault of await faultsOf(operation, answer)) faults.add(`${fault}: ${about}`);
      }
    }
    expect([...faults]).toEqual([]);
    expect(answered).toBeGreaterThan(300);
  }, 90_000);
});
