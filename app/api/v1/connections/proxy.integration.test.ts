import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { apiCalls, auditLog, connectionUsage } from '@/db/schema';
import { flushUsage } from '@/lib/broker/usage/usage-log';
import { registry } from '@/lib/registry';
import { keyRequest } from '@/tests/api-keys';
import { type Program, startProgram } from '@/tests/programs';
import * as rootRoute from '../../../services/[...path]/route';
import * as connectionRoute from './[id]/proxy/[...path]/route';

const atRoot = {
  GET: rootRoute.GET,
  POST: rootRoute.POST,
  PATCH: rootRoute.PATCH,
  DELETE: rootRoute.DELETE,
};
const atConnection = {
  GET: connectionRoute.GET,
  POST: connectionRoute.POST,
  PATCH: connectionRoute.PATCH,
  DELETE: connectionRoute.DELETE,
};
type Verb = keyof typeof atRoot;
type Init = Parameters<typeof keyRequest>[2];

beforeEach(() => {
  for (const slot of ['salesforce.describes', 'records.budgets', 'broker.refusals'])
    registry().slots.delete(slot);
});

const DATA = '/services/data/v66.0';

/** Through the connection's address and, with `root`, through the portal's own. */
function caller({ connectionId, secret: own }: Program) {
  return (target: string, init: Init & { secret?: string; root?: boolean } = {}) => {
    const { secret = own, root = false, ...rest } = init;
    const verb = (rest.method ?? 'GET') as Verb;
    if (root) return atRoot[verb](keyRequest(secret, target, rest));
    const path = `/api/v1/connections/${connectionId}/proxy${target}`;
    const params = Promise.resolve({ id: connectionId });
    return atConnection[verb](keyRequest(secret, path, rest), { params });
  };
}

const query = (soql: string) => `${DATA}/query?q=${encodeURIComponent(soql)}`;
const writeOf = (body: unknown, method = 'POST'): Init => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

describe('the proxy', () => {
  it('answers as Salesforce does, at the connection and at the root, with what the call cost', async () => {
    const program = await startProgram();
    const call = caller(program);
    for (const root of [false, true]) {
      const answer = await call(query('SELECT Id, Name FROM Account LIMIT 3'), { root });
      expect(answer.status).toBe(200);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'application/json;charset=UTF-8',
        'sforce-limit-info': expect.stringMatching(/^api-usage=\d+\/\d+$/),
        'orgdock-api-calls': '1',
        'orgdock-api-budget': expect.stringMatching(/^\d+\/\d+$/),
        'cache-control': 'private, no-store, no-transform',
      });
      expect(answer.headers.get('set-cookie')).toBeNull();
      expect(await answer.json()).toMatchObject({ totalSize: 3, done: true });
    }
    await flushUsage();
    const calls = await withSystem('test', (tx) =>
      tx.select().from(apiCalls).where(eq(apiCalls.keyId, program.keyId)),
    );
    expect(calls).toHaveLength(2);
    expect(calls[0]).toMatchObject({ operation: 'proxy', target: 'Account', rows: 3, cost: 1, status: 200 });
    const [usage] = await withSystem('test', (tx) =>
      tx.select().from(connectionUsage).where(eq(connectionUsage.connectionId, program.connectionId)),
    );
    expect(usage?.rows).toBe(6);
  });

  it('passes Salesforce’s refusals on as they came, and what Salesforce packed on plain', async () => {
    const program = await startProgram();
    const call = caller(program);
    const refused = await call(query('SELECT Nope FROM Account'));
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
    const packed = await call(query('SELECT Id, Name FROM Account LIMIT 50'), {
      headers: { 'accept-encoding': 'gzip, br' },
    });
    // Next would send the bytes without saying that they are packed.
    expect(packed.headers.get('content-encoding')).toBeNull();
    expect(await packed.json()).toMatchObject({ totalSize: 50, done: true });
  });

  it('answers its own refusals in the dialect of the address', async () => {
    const call = caller(await startProgram({ operations: ['describe'] }));
    const problem = await call(query('SELECT Id FROM Account'));
    expect(problem.status).toBe(403);
    expect(await problem.json()).toMatchObject({ code: 'POLICY_REFUSED', rule: 'operations' });
    const plain = await call(query('SELECT Id FROM Account'), { root: true });
    expect(plain.status).toBe(403);
    expect(await plain.json()).toMatchObject([{ errorCode: 'ORGDOCK_POLICY_REFUSED' }]);
  });

  it('works at the root for keys of exactly one connection', async () => {
    const program = await startProgram();
    const call = caller(program);
    for (const connections of [null, [], [program.connectionId, crypto.randomUUID()]]) {
      const secret = await program.another({ connections });
      const answer = await call(`${DATA}/limits`, { secret, root: true });
      expect([answer.status, await answer.json()]).toMatchObject([
        403,
        [{ errorCode: 'ORGDOCK_POLICY_REFUSED' }],
      ]);
    }
  });

  it('reaches nothing but the data services', async () => {
    const program = await startProgram({ families: ['other', 'connect', 'soap', 'apex_rest'] });
    const call = caller(program);
    const before = (await program.control.listRequests()).length;
    for (const target of [
      '/services/oauth2/userinfo',
      '/services/oauth2/singleaccess',
      '/services/data/../oauth2/userinfo',
      '/services/data/%2e%2e/oauth2/userinfo',
      '/services/data//v66.0/limits',
      '/services/auth/x',
    ]) {
      const answer = await call(target);
      expect([target, answer.status]).toEqual([target, 403]);
    }
    expect(await program.control.listRequests()).toHaveLength(before);
  });

  it('gives rows only while the key has some left, and none of a page that is too long', async () => {
    const program = await startProgram({ rowsPerCall: 20, rowsPerDay: 30 });
    const call = caller(program);
    const tooMany = await call(query('SELECT Id FROM Account LIMIT 21'));
    expect(await tooMany.json()).toMatchObject({ code: 'POLICY_REFUSED', rule: 'rows_per_call' });
    expect((await call(query('SELECT Id FROM Account LIMIT 20'))).status).toBe(200);
    const day = await call(query('SELECT Id FROM Account LIMIT 11'));
    expect(await day.json()).toMatchObject({ rule: 'rows_per_day' });
    expect((await call(query('SELECT Id FROM Account LIMIT 10'))).status).toBe(200);
  });

  it('gives further pages of a list to the key that was given the list', async () => {
    const program = await startProgram(
      { objects: [{ name: 'Account', fields: ['Name'] }] },
      { accounts: 450 },
    );
    const call = caller(program);
    const headers = { 'sforce-query-options': 'batchSize=200' };
    const first = (await (await call(query('SELECT Id, Name FROM Account'), { headers })).json()) as {
      nextRecordsUrl: string;
    };
    const next = await call(first.nextRecordsUrl, { headers });
    expect(next.status).toBe(200);
    expect(((await next.json()) as { records: unknown[] }).records).toHaveLength(200);
    const secret = await program.another({ objects: [{ name: 'Account', fields: ['Name'] }] });
    const refused = await call(first.nextRecordsUrl, { secret });
    expect(await refused.json()).toMatchObject({ code: 'POLICY_REFUSED', rule: 'locator' });
    const unlimited = await program.another({});
    expect((await call(first.nextRecordsUrl, { secret: unlimited })).status).toBe(200);
  });

  it('writes once, and the audit log tells what', async () => {
    const program = await startProgram();
    const call = caller(program);
    const made = await call(`${DATA}/sobjects/Account`, writeOf({ Name: 'Made by a program' }));
    expect(made.status).toBe(201);
    const { id } = (await made.json()) as { id: string };
    const record = `${DATA}/sobjects/Account/${id}`;
    expect((await call(record, writeOf({ Industry: 'Energy' }, 'PATCH'))).status).toBe(204);
    expect(await (await call(`${record}?fields=Name,Industry`)).json()).toMatchObject({ Industry: 'Energy' });
    expect((await call(record, { method: 'DELETE' })).status).toBe(204);
    const refused = await call(`${DATA}/sobjects/Account`, writeOf({ Nope: 1 }));
    expect(refused.status).toBe(400);
    const rows = await withSystem('test', (tx) =>
      tx
        .select({ details: auditLog.details, outcome: auditLog.outcome })
        .from(auditLog)
        .where(eq(auditLog.action, 'record.write'))
        .orderBy(auditLog.id),
    );
    const ofThis = rows.slice(-4).map(({ details, outcome }) => ({ ...(details as object), outcome }));
    expect(ofThis).toMatchObject([
      { operation: 'create', sobject: 'Account', recordIds: [id], status: 201, outcome: 'done' },
      { operation: 'update', sobject: 'Account', recordIds: [id], status: 204 },
      { operation: 'delete', sobject: 'Account', recordIds: [id], status: 204 },
      { operation: 'create', recordIds: [], status: 400, outcome: 'failed' },
    ]);
  });

  it('sends a write of one Idempotency-Key once, at the connection and at the root', async () => {
    const program = await startProgram();
    const call = caller(program);
    const write = writeOf({ Name: 'Once' });
    await program.control.clearLedger();
    for (const root of [false, true]) {
      const headers = { ...write?.headers, 'idempotency-key': `once-${root}` };
      const send = () => call(`${DATA}/sobjects/Account`, { ...write, headers, root });
      const first = (await (await send()).json()) as { id: string };
      const again = await send();
      expect(again.headers.get('idempotency-replayed')).toBe('true');
      expect(await again.json()).toMatchObject({ id: first.id });
    }
    const sent = (await program.control.listRequests()).filter(({ method }) => method === 'POST');
    expect(sent.filter(({ path }) => path.endsWith('/sobjects/Account'))).toHaveLength(2);
  });

  it('renews an ended token once for a herd of calls', async () => {
    const program = await startProgram();
    const call = caller(program);
    await program.control.act({ act: 'expire_access_tokens', org: 'production' });
    await program.control.clearLedger();
    const statuses = await Promise.all(
      Array.from({ length: 60 }, async () => {
        const answer = await call(`${DATA}/limits`, { root: true });
        await answer.text();
        return answer.status;
      }),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect((await program.control.counts()).refreshes).toBe(1);
    expect((await program.control.counts()).violations).toBe(0);
  });

  it('believes no target but that of its own server', async () => {
    const program = await startProgram();
    const call = caller(program);
    registry().slots.set('server.target-mark', 'mark');
    try {
      const target = `${DATA}/limits`;
      const headers = { 'x-orgdock-target': `wrong ${target}` };
      expect(await (await call(target, { root: true, headers })).json()).toMatchObject([
        { errorCode: 'ORGDOCK_POLICY_REFUSED' },
      ]);
      const sent = { 'x-orgdock-target': `mark ${DATA}//limits` };
      expect((await call(target, { root: true, headers: sent })).status).toBe(403);
      const right = { 'x-orgdock-target': `mark ${target}` };
      expect((await call(target, { root: true, headers: right })).status).toBe(200);
    } finally {
      registry().slots.delete('server.target-mark');
    }
  });
});
