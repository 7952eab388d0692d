import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { auditLog, environments } from '@/db/schema';
import { createdRecordSchema, recordSchema } from '@/lib/broker/api-schemas/record';
import type { HandedOutToken } from '@/lib/broker/api-schemas/token';
import { keyRequest } from '@/tests/api-keys';
import { type Program, startProgram } from '@/tests/programs';
import { DELETE, GET, PATCH } from './[id]/records/[sobject]/[recordId]/route';
import { POST as create } from './[id]/records/[sobject]/route';
import { POST as handOut } from './[id]/token/route';

const RECORD = { DELETE, GET, PATCH };

const bodyOf = (body: unknown, method = 'POST') => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

function records({ connectionId: id, secret }: Program) {
  const at = (sobject: string, recordId: string, init: Parameters<typeof keyRequest>[2] = {}, query = '') => {
    const path = `/api/v1/connections/${id}/records/${sobject}/${recordId}${query}`;
    const verb = (init.method ?? 'GET') as keyof typeof RECORD;
    return RECORD[verb](keyRequest(secret, path, init), {
      params: Promise.resolve({ id, sobject, recordId }),
    });
  };
  const make = (sobject: string, body: unknown) =>
    create(keyRequest(secret, `/api/v1/connections/${id}/records/${sobject}`, bodyOf(body)), {
      params: Promise.resolve({ id, sobject }),
    });
  return { at, make };
}

describe('records by their id', () => {
  it('are made, read, changed under a condition, and deleted', async () => {
    const { at, make } = records(await startProgram());
    const made = await make('Account', { Name: 'Typed' });
    expect(made.status).toBe(201);
    const { id } = createdRecordSchema.parse(await made.json());
    const read = await at('Account', id, {}, '?fields=Name,Industry');
    expect(recordSchema.parse(await read.json())).toMatchObject({ Name: 'Typed', Industry: null });
    const etag = read.headers.get('etag') ?? '';
    expect(etag).not.toBe('');
    const same = await at('Account', id, { headers: { 'if-none-match': etag } }, '?fields=Name,Industry');
    expect([same.status, same.body]).toEqual([304, null]);
    const since = { 'if-unmodified-since': 'Mon, 01 Jan 2001 00:00:00 GMT' };
    const late = bodyOf({ Industry: 'Energy' }, 'PATCH');
    const stale = await at('Account', id, { ...late, headers: { ...late.headers, ...since } });
    expect(stale.status).toBe(412);
    expect(await stale.json()).toMatchObject({
      code: 'SALESFORCE_PRECONDITION_FAILED',
      salesforce: { status: 412 },
    });
    expect((await at('Account', id, bodyOf({ Industry: 'Energy' }, 'PATCH'))).status).toBe(204);
    expect((await at('Account', id, { method: 'DELETE' })).status).toBe(204);
    expect(await (await at('Account', id)).json()).toMatchObject({
      code: 'SALESFORCE_NOT_FOUND',
      salesforce: { error: 'ENTITY_IS_DELETED', status: 404 },
    });
  });

  it('are refused in problem details, with Salesforce’s own words inside', async () => {
    const { at, make } = records(await startProgram());
    const refused = await make('Account', { Nope: 1 });
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(await refused.json()).toMatchObject({
      code: 'SALESFORCE_REFUSED',
      salesforce: { error: 'INVALID_FIELD', status: 400 },
    });
    for (const [sobject, id] of [
      ['Account', '../../limits'],
      ['Account/describe', '001000000000000AAA'],
      ['Account', 'describe'],
    ] as const) {
      expect((await at(sobject, id)).status).toBe(404);
    }
    expect((await at('Account', '001000000000000AAA', {}, '?fields=Id%26x')).status).toBe(400);
    expect((await make('Account', [1])).status).toBe(400);
  });

  it('are within the policy', async () => {
    const { at, make } = records(
      await startProgram({ access: 'read', objects: [{ name: 'Account', fields: ['Name'] }] }),
    );
    expect(await (await make('Account', { Name: 'A' })).json()).toMatchObject({ rule: 'access' });
    expect(await (await at('Contact', '003000000000000AAA')).json()).toMatchObject({ rule: 'objects' });
    expect(await (await at('Account', '001000000000000AAA', {}, '?fields=Phone')).json()).toMatchObject({
      rule: 'fields',
    });
  });
});

describe('a raw access token', () => {
  const ask = ({ connectionId: id }: Program, secret: string, body: unknown = {}) =>
    handOut(keyRequest(secret, `/api/v1/connections/${id}/token`, bodyOf(body)), {
      params: Promise.resolve({ id }),
    });
  const allow = ({ environment }: Program) =>
    withSystem('test', (tx) =>
      tx.update(environments).set({ allowRawTokens: true }).where(eq(environments.id, environment.id)),
    );
  const handedOut = ({ connectionId }: Program) =>
    withSystem('test', (tx) => tx.select().from(auditLog).where(eq(auditLog.subjectId, connectionId))).then(
      (rows) => rows.filter(({ action }) => action === 'token.hand_out'),
    );

  it('leaves only where environment and key allow it', async () => {
    const program = await startProgram({ rawToken: true });
    expect(await (await ask(program, program.secret)).json()).toMatchObject({ code: 'FORBIDDEN' });
    await allow(program);
    const without = await program.another({ rawToken: false });
    expect(await (await ask(program, without)).json()).toMatchObject({ rule: 'raw_token' });
    expect(await handedOut(program)).toHaveLength(0);
    const answer = await ask(program, program.secret);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    const token = (await answer.json()) as HandedOutToken;
    expect(token).toMatchObject({ instanceUrl: program.org.origin, generation: expect.any(Number) });
    const limits = await fetch(`${token.instanceUrl}/services/data/v${token.apiVersion}/limits`, {
      headers: { authorization: `Bearer ${token.accessToken}` },
    });
    expect(limits.status).toBe(200);
    const rows = await handedOut(program);
    expect(rows).toMatchObject([{ details: { username: 'ada@acme.example' } }]);
    expect(JSON.stringify(rows)).not.toContain(token.accessToken);
  });

  it('is renewed for a caller whose token has ended, and for nobody else', async () => {
    const program = await startProgram({ rawToken: true });
    await allow(program);
    const first = (await (await ask(program, program.secret)).json()) as HandedOutToken;
    const again = (await (await ask(program, program.secret)).json()) as HandedOutToken;
    expect(again.generation).toBe(first.generation);
    await program.control.clearLedger();
    const ended = { ended: true, generation: first.generation };
    const newer = (await (await ask(program, program.secret, ended)).json()) as HandedOutToken;
    expect(newer.generation).toBe(first.generation + 1);
    // Who is late gets the newer one, and no further refresh.
    const late = (await (await ask(program, program.secret, ended)).json()) as HandedOutToken;
    expect(late.generation).toBe(newer.generation);
    expect((await program.control.counts()).refreshes).toBe(1);
    for (const body of [{ ended: true }, { generation: 1 }, { ended: false, generation: 1 }]) {
      expect((await ask(program, program.secret, body)).status).toBe(400);
    }
  });
});
