import { beforeEach, describe, expect, it } from 'vitest';
import { registry } from '@/lib/registry';
import { keyRequest } from '@/tests/api-keys';
import { type Program, startProgram } from '@/tests/programs';
import { POST } from './[id]/query/route';

beforeEach(() => {
  for (const slot of ['salesforce.describes', 'records.budgets', 'salesforce.retry-budgets'])
    registry().slots.delete(slot);
});

function ask({ connectionId, secret }: Program, body: unknown): Promise<Response> {
  const request = keyRequest(secret, `/api/v1/connections/${connectionId}/query`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return POST(request, { params: Promise.resolve({ id: connectionId }) });
}

const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('a query as a stream', () => {
  it('gives all rows as NDJSON, plain and with their parents', async () => {
    const program = await startProgram({}, { accounts: 4_500 });
    const answer = await ask(program, { soql: 'SELECT Id, Name, Owner.Name FROM Account' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    expect(answer.headers.get('orgdock-total-rows')).toBe('4500');
    const rows = linesOf(await answer.text());
    expect(rows).toHaveLength(4_500);
    expect(new Set(rows.map(({ Id }) => Id)).size).toBe(4_500);
    expect(Object.keys(rows[0] ?? {})).toEqual(['Id', 'Name', 'Owner']);
    expect(rows[0]?.Owner).toEqual({ Name: expect.any(String) });
  });

  it('gives children of subqueries as arrays', async () => {
    const program = await startProgram();
    const answer = await ask(program, { soql: 'SELECT Id, (SELECT Id FROM Contacts) FROM Account LIMIT 5' });
    const rows = linesOf(await answer.text());
    const children = rows.flatMap(({ Contacts }) => (Contacts as unknown[] | null) ?? []);
    expect(children.length).toBeGreaterThan(0);
    expect(children[0]).toEqual({ Id: expect.stringMatching(/^003/) });
  });

  it('gives CSV as RFC 4180 has it, parents flattened, aggregates named, formulas defused or not', async () => {
    const program = await startProgram();
    const soql = 'SELECT Id, name, Owner.Name, BillingAddress FROM Account ORDER BY Name LIMIT 60';
    const answer = await ask(program, { soql, format: 'csv' });
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    const text = await answer.text();
    const [head = '', first = ''] = text.split('\r\n');
    expect(head).toBe('Id,name,Owner.Name,BillingAddress');
    expect(first).toMatch(/^001\w{15},[^,]*.*,[A-Z]\w+ \w+,/);
    const sums = await ask(program, {
      soql: 'SELECT Industry, COUNT(Id), MAX(Name) most FROM Account GROUP BY Industry',
      format: 'csv',
    });
    expect((await sums.text()).split('\r\n')[0]).toBe('Industry,expr0,most');
    await program.control.act({ act: 'fill_field', org: 'production', field: 'Account.Name', value: '=1+1' });
    const one = { soql: 'SELECT Name FROM Account LIMIT 1', format: 'csv' };
    expect(await (await ask(program, one)).text()).toBe("Name\r\n'=1+1\r\n");
    expect(await (await ask(program, { ...one, defuse: false })).text()).toBe('Name\r\n=1+1\r\n');
    const table = await ask(program, {
      soql: 'SELECT Id, (SELECT Id FROM Contacts) FROM Account LIMIT 1',
      format: 'csv',
    });
    expect(await table.json()).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('ends visibly where a later page is refused', async () => {
    const program = await startProgram({}, { accounts: 4_500 });
    const fault = { fault: 'server_error', endpoint: 'locator', status: 503, count: null } as const;
    await program.control.addFault({ ...fault, processed: false, body: 'html' } as never);
    const torn = linesOf(await (await ask(program, { soql: 'SELECT Id FROM Account' })).text());
    expect(torn).toHaveLength(2_001);
    expect(torn.at(-1)).toMatchObject({ error: { code: 'SALESFORCE_UNAVAILABLE' } });
    const csv = await ask(program, { soql: 'SELECT Id FROM Account', format: 'csv' });
    await expect(csv.text()).rejects.toThrow();
  });

  it('spends rows page by page, and asks for no page that nobody wants', async () => {
    const program = await startProgram({ rowsPerCall: 3_000 }, { accounts: 4_500 });
    const lines = linesOf(await (await ask(program, { soql: 'SELECT Id FROM Account' })).text());
    expect(lines).toHaveLength(2_001);
    expect(lines.at(-1)).toMatchObject({
      error: { code: 'POLICY_REFUSED', details: { rule: 'rows_per_call' } },
    });
    await program.control.clearLedger();
    const answer = await ask(program, { soql: 'SELECT Id FROM Account' });
    const reader = answer.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    const paths = (await program.control.listRequests()).map(({ path }) => path);
    expect(paths.filter((path) => /\/query\/\w+/.test(path))).toEqual([]);
  });

  it('counts children of subqueries as rows', async () => {
    const soql = 'SELECT Id, (SELECT Id FROM Contacts) FROM Account LIMIT 5';
    const free = linesOf(await (await ask(await startProgram(), { soql })).text());
    const rows = free.flatMap(({ Contacts }) => [1, ...((Contacts as unknown[] | null) ?? [])]).length;
    expect(rows).toBeGreaterThan(5);
    expect((await ask(await startProgram({ rowsPerCall: rows }), { soql })).status).toBe(200);
    const refused = await ask(await startProgram({ rowsPerCall: rows - 1 }), { soql });
    expect(await refused.json()).toMatchObject({ code: 'POLICY_REFUSED', rule: 'rows_per_call' });
  });

  it('is refused by the policy, and for what is no query', async () => {
    const program = await startProgram({ objects: [{ name: 'Account', fields: ['Name'] }] });
    const refused = await ask(program, { soql: 'SELECT Id, Phone FROM Account' });
    expect(await refused.json()).toMatchObject({ code: 'POLICY_REFUSED', rule: 'fields' });
    for (const body of [{}, { soql: '' }, { soql: 'SELECT Id FROM Account', format: 'xml' }, { soql: 1 }]) {
      const answer = await ask(program, body);
      expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'INVALID_INPUT' }]);
    }
    const wrong = await ask(await startProgram(), { soql: 'SELECT Nope FROM Account' });
    expect(await wrong.json()).toMatchObject({ salesforce: { error: 'INVALID_FIELD', status: 400 } });
  });
});
