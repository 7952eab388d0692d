import { beforeEach, describe, expect, it } from 'vitest';
import { createNamedQuery } from '@/lib/broker/named-queries/commands';
import type { KeyPolicy } from '@/lib/broker/types';
import { registry } from '@/lib/registry';
import { keyRequest } from '@/tests/api-keys';
import { makeContext } from '@/tests/factories';
import { type Program, startProgram } from '@/tests/programs';
import { GET } from './[name]/run/route';

beforeEach(() => {
  for (const slot of ['salesforce.describes', 'records.budgets', 'salesforce.retry-budgets'])
    registry().slots.delete(slot);
});

const NAMED: Partial<KeyPolicy> = { access: 'named_queries', operations: [], objects: [] };

function run(secret: string, name: string, search: Record<string, string> = {}): Promise<Response> {
  const request = keyRequest(secret, `/api/v1/queries/${name}/run?${new URLSearchParams(search)}`);
  return GET(request, { params: Promise.resolve({ name }) });
}

const problemOf = async (answer: Response) => (await answer.json()) as Record<string, unknown>;

async function keyed(program: Program, policy: Partial<KeyPolicy>, name: string, search = {}) {
  return await run(await program.another(policy), name, search);
}

describe('running a named query', () => {
  it('gives the ready-made ones with nothing configured, as JSON, NDJSON and CSV', async () => {
    const { secret, connectionId } = await startProgram(NAMED);
    const json = await run(secret, 'getAccounts', { connection: connectionId, limit: '3' });
    expect(json.headers.get('content-type')).toBe('application/json');
    expect(json.headers.get('cache-control')).toBe('private, no-store, no-transform');
    const { totalSize, records } = (await json.json()) as { totalSize: number; records: { Id: string }[] };
    expect(totalSize).toBe(3);
    expect(records.map(({ Id }) => Id)).toEqual(Array(3).fill(expect.stringMatching(/^001/)));
    const lines = (await (await run(secret, 'getAccounts', { limit: '2', format: 'ndjson' })).text()).trim();
    expect(lines.split('\n').map((line) => JSON.parse(line).Id)).toHaveLength(2);
    const csv = await (await run(secret, 'getOpportunities', { limit: '2', format: 'csv' })).text();
    expect(csv.split('\r\n')[0]).toMatch(/^Id,Name,AccountId,StageName,/);
    const empty = await run(secret, 'getAccounts', { name: 'No account is called so' });
    expect(await empty.json()).toEqual({ totalSize: 0, records: [] });
  });

  it('gives all rows, page by page', async () => {
    const { secret } = await startProgram(NAMED, { accounts: 4_500 });
    const { records } = (await (await run(secret, 'getAccounts', { limit: '4500' })).json()) as {
      records: { Id: string }[];
    };
    expect(new Set(records.map(({ Id }) => Id)).size).toBe(4_500);
  });

  it('names the parameter that is wrong', async () => {
    const { secret } = await startProgram(NAMED);
    const wrong = await run(secret, 'getAccounts', { modifiedSince: 'yesterday' });
    expect(wrong.status).toBe(400);
    expect(await problemOf(wrong)).toMatchObject({
      code: 'INVALID_INPUT',
      detail: expect.stringContaining('“modifiedSince”'),
    });
    expect(await problemOf(await run(secret, 'getAccounts', { format: 'xml' }))).toMatchObject({
      detail: expect.stringContaining('“format”'),
    });
    expect((await run(secret, 'getNothing')).status).toBe(404);
  });

  it('asks for a connection of a key that has several', async () => {
    const program = await startProgram();
    const secret = await program.another({ ...NAMED, connections: null });
    expect(await problemOf(await run(secret, 'getAccounts'))).toMatchObject({
      code: 'INVALID_INPUT',
      detail: expect.stringContaining('“connection”'),
    });
    expect((await run(secret, 'getAccounts', { connection: program.connectionId })).status).toBe(200);
  });

  it('refuses a query that the policy does not name', async () => {
    const program = await startProgram();
    const refused = await keyed(program, { ...NAMED, namedQueries: ['getOpportunities'] }, 'getAccounts');
    expect(refused.status).toBe(403);
    expect(await problemOf(refused)).toMatchObject({ code: 'POLICY_REFUSED', rule: 'named_queries' });
  });

  it('tells a key nothing of a query that its policy does not name, not even whether there is one', async () => {
    const program = await startProgram();
    const policy = { ...NAMED, namedQueries: ['getOpportunities'] };
    for (const [name, search] of [
      ['getAccounts', { limit: 'many' }],
      ['getAccounts', { nope: '1' }],
      ['getNothing', {}],
    ] as const) {
      const refused = await keyed(program, policy, name, search);
      expect(await problemOf(refused)).toMatchObject({ status: 403, rule: 'named_queries' });
    }
  });

  it('keeps a key that reads within its objects and fields, and one for named queries within the query', async () => {
    const program = await startProgram();
    const limited: Partial<KeyPolicy> = {
      access: 'read',
      operations: ['query'],
      objects: [{ name: 'Account', fields: ['Name'] }],
    };
    expect(await problemOf(await keyed(program, limited, 'getAccounts'))).toMatchObject({ rule: 'fields' });
    expect(await problemOf(await keyed(program, limited, 'getOpportunities'))).toMatchObject({
      rule: 'objects',
    });
    const named = { ...limited, access: 'named_queries' } as const;
    expect((await keyed(program, named, 'getAccounts')).status).toBe(200);
  });

  it('keeps to the rows that a call may have', async () => {
    const program = await startProgram();
    const refused = await keyed(program, { ...NAMED, rowsPerCall: 5 }, 'getAccounts', { limit: '6' });
    expect(await problemOf(refused)).toMatchObject({ rule: 'rows_per_call' });
  });

  it('binds whatever a program sends as a value', async () => {
    const { secret } = await startProgram(NAMED);
    const admin = await makeContext('admin');
    const name = { name: 'name', type: 'string', required: true, default: null, description: '' };
    const soql = 'SELECT Id FROM Account WHERE Name = :name';
    await createNamedQuery(admin, {
      name: 'byName',
      description: '',
      soql,
      parameters: JSON.stringify([name]),
    });
    const answer = await run(secret, 'byName', { name: "x' OR Id != null OR Name = '" });
    expect(await answer.json()).toEqual({ totalSize: 0, records: [] });
  });
});
