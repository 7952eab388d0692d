import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { Webhook } from 'standardwebhooks';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { withSystem } from '@/db/client';
import { webhookDeliveries, webhookEndpoints, webhookTries } from '@/db/schema/broker/webhooks';
import { appendAudit } from '@/lib/audit/append';
import type { AuditEntry } from '@/lib/audit/entries';
import { noteLowBudget } from '@/lib/custody/usage/low-budget';
import { HANDLERS } from '@/lib/jobs/handlers';
import { sealAll } from '@/tests/audit-chain';
import { asOwner, shiftDatabaseClock } from '@/tests/database-owner';
import { makeConnection, makeContext, makeEnvironment } from '@/tests/factories';
import { type LoopbackHandler, startLoopback } from '@/tests/loopback';
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  enableWebhook,
  replayDelivery,
  rotateWebhookSecret,
  testWebhook,
} from './commands';
import { deliver } from './delivery/deliver';
import { WAITS_MS } from './delivery/retry-after';
import { collectEvents } from './events/collect-events';
import { getWebhook, listDeliveries, listWebhooks } from './queries';

const HOUR = 3_600_000;
const ok: LoopbackHandler = (_request, response) => response.writeHead(204).end();
const system = { kind: 'system' as const, reason: 'test', request: null };

beforeEach(async () => {
  await withSystem('test', async (tx) => {
    await tx.delete(webhookEndpoints);
    await tx.execute(sql`SELECT graphile_worker.complete_jobs(ARRAY(SELECT id FROM graphile_worker.jobs))`);
  });
  await sealAll();
  await collectEvents();
});

async function listen(handler: LoopbackHandler, form: Record<string, unknown> = {}) {
  const { origin, seen } = await startLoopback(handler);
  const ctx = await makeContext('admin');
  const made = await createWebhook(ctx, {
    url: `${origin}/hook`,
    events: [
      'connection.created',
      'connection.needs_attention',
      'refresh.failed',
      'breach.started',
      'budget.low',
    ],
    ...form,
  });
  return { ctx, seen, ...made };
}

async function connectionIn(environmentId?: string) {
  const environment = environmentId ?? (await makeEnvironment({ name: 'Production' })).id;
  const { personId } = await makeContext();
  return await makeConnection(
    { ownerId: personId, environmentId: environment },
    { sealedTokens: { accessToken: 'sealed', refreshToken: 'sealed' } },
  );
}

const say = (entry: AuditEntry) => withSystem('test', (tx) => appendAudit(tx, system, entry));
const refused = (subjectId: string) =>
  say({
    action: 'token.refresh',
    subjectId,
    outcome: 'failed',
    details: {
      grantId: randomUUID(),
      generation: 1,
      attemptId: randomUUID(),
      result: 'refused',
      error: 'invalid_grant',
      description: 'expired access/refresh token',
      status: 400,
    },
  });

const deliveries = () =>
  withSystem('test', (tx) => tx.select().from(webhookDeliveries).orderBy(webhookDeliveries.createdAt));

async function collect(): Promise<void> {
  await sealAll();
  await collectEvents();
}

async function deliverAll(): Promise<void> {
  for (const { id } of await deliveries()) await deliver(id);
}

describe('an event', () => {
  it('reaches a receiver signed by its secret, with what happened and no token', async () => {
    const { seen, secret } = await listen(ok);
    const connection = await connectionIn();
    await refused(connection.id);
    await collect();
    await deliverAll();
    expect(seen).toHaveLength(2);
    for (const { body, headers } of seen) new Webhook(secret).verify(body, headers as Record<string, string>);
    const payloads = seen.map(({ body }) => JSON.parse(body));
    expect(payloads.map(({ type }) => type)).toEqual(['refresh.failed', 'connection.needs_attention']);
    expect(payloads[0].data).toMatchObject({
      connection: { id: connection.id, username: connection.username },
      environment: { name: 'Production' },
      salesforce: { error: 'invalid_grant', description: 'expired access/refresh token', status: 400 },
    });
    expect((await deliveries()).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
  });

  it('is made once of each entry, however often the log is read, and by several processes at once', async () => {
    await listen(ok);
    await refused((await connectionIn()).id);
    await sealAll();
    await Promise.all([collectEvents(), collectEvents(), collectEvents()]);
    await collectEvents();
    expect(await deliveries()).toHaveLength(2);
  });

  it('goes to those who listen for it, of its environment, since before it happened', async () => {
    const other = await makeEnvironment();
    await listen(ok, { environmentId: other.id });
    await listen(ok, { events: ['breach.started'] });
    const connection = await connectionIn();
    await refused(connection.id);
    const late = await listen(ok);
    await collect();
    expect(await deliveries()).toEqual([]);
    await refused((await connectionIn(other.id)).id);
    await collect();
    const receivers = new Set((await deliveries()).map(({ endpointId }) => endpointId));
    expect(receivers.size).toBe(2);
    expect(receivers.has(late.id)).toBe(true);
  });

  it('is not read of while nobody listens, so that a new receiver is not told of the past', async () => {
    await refused((await connectionIn()).id);
    await collect();
    await listen(ok);
    await collect();
    expect(await deliveries()).toEqual([]);
  });

  it('of few calls left is told once a day and org, whichever process heard it', async () => {
    const environment = await makeEnvironment();
    const { seen } = await listen(ok);
    const budget = {
      orgId: '00D000000000001AAA',
      environmentId: environment.id,
      budget: { used: 900, max: 1_000 },
    };
    noteLowBudget(budget);
    noteLowBudget(budget);
    const jobs = () =>
      asOwner(
        (db) => db<Array<{ payload: never }>>`
        SELECT payload FROM graphile_worker._private_jobs AS jobs
          JOIN graphile_worker._private_tasks AS tasks ON tasks.id = task_id WHERE identifier = 'budget_low'`,
      );
    await vi.waitFor(async () => expect(await jobs()).toHaveLength(1));
    const [job] = await jobs();
    for (let replica = 0; replica < 2; replica += 1) await HANDLERS.budget_low(job?.payload as never);
    await deliverAll();
    expect(seen.map(({ body }) => JSON.parse(body).data)).toEqual([
      expect.objectContaining({
        org: { id: '00D000000000001AAA' },
        budget: { used: 900, max: 1_000, left: 100 },
      }),
    ]);
  });
});

describe('a delivery that fails', () => {
  it('is tried again later, with the same id and text, until it is taken', async () => {
    let status = 500;
    const { seen, ctx, id } = await listen((_request, response) => response.writeHead(status).end('down'));
    await refused((await connectionIn()).id);
    await collect();
    await deliverAll();
    const [first] = (await listDeliveries(ctx, id, null)).deliveries;
    expect(first).toMatchObject({ state: 'waiting', tries: [{ status: 500, answer: 'down' }] });
    expect(Date.parse(first?.nextAt ?? '') - Date.now()).toBeGreaterThan(3_000);
    status = 200;
    await deliverAll();
    const ids = seen.map(({ headers }) => headers['webhook-id']);
    expect([ids[0], ids[1]]).toEqual([ids[2], ids[3]]);
    expect(seen[0]?.body).toBe(seen[2]?.body);
    expect((await deliveries()).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
  });

  it('is given up after three days, and a receiver that took nothing meanwhile is switched off', async () => {
    const { ctx, id } = await listen((_request, response) => response.writeHead(503).end());
    await testWebhook(ctx, id);
    await shiftDatabaseClock(80 * HOUR);
    for (let tries = 0; tries <= WAITS_MS.length; tries += 1) await deliverAll();
    expect((await deliveries()).map(({ state, tries }) => ({ state, tries }))).toEqual([
      { state: 'failed', tries: WAITS_MS.length + 1 },
    ]);
    expect(await getWebhook(ctx, id)).toMatchObject({
      enabled: false,
      disabledReason: 'No event was taken for three days.',
    });
  });

  it('with 410 switches the receiver off at once', async () => {
    const { ctx, id } = await listen((_request, response) => response.writeHead(410).end());
    await testWebhook(ctx, id);
    await testWebhook(ctx, id);
    await deliverAll();
    expect(await getWebhook(ctx, id)).toMatchObject({ enabled: false });
    expect((await deliveries()).map(({ state }) => state)).toEqual(['failed', 'failed']);
  });

  it('is taken by a receiver that answers something else than text', async () => {
    const { ctx, id } = await listen((_request, response) => response.end(Buffer.from([0x1f, 0, 0x6f, 0])));
    await testWebhook(ctx, id);
    await deliverAll();
    expect((await listDeliveries(ctx, id, null)).deliveries).toMatchObject([
      { state: 'delivered', tries: [{ status: 200, answer: '\u001fo' }] },
    ]);
  });

  it('is no redirect that is followed, and no answer that never ends', async () => {
    const { ctx, id, seen } = await listen(({ url }, response) => {
      if (url.pathname === '/hook')
        response.writeHead(302, { location: '/elsewhere' }).end('x'.repeat(100_000));
    });
    await testWebhook(ctx, id);
    await deliverAll();
    expect(seen.map(({ url }) => url.pathname)).toEqual(['/hook']);
    const [tried] = await withSystem('test', (tx) =>
      tx.select().from(webhookTries).orderBy(sql`id DESC`).limit(1),
    );
    expect(tried).toMatchObject({ status: 302, answer: 'x'.repeat(500) });
  });
});

describe('a receiver', () => {
  it.each([
    'http://hooks.example.com/x',
    'https://10.0.0.1/x',
    'https://user:pass@hooks.example.com/',
    'ftp://x',
    '',
  ])('may not be at %s', async (url) => {
    const ctx = await makeContext('admin');
    await expect(createWebhook(ctx, { url, events: ['breach.started'] })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { url: expect.any(String) },
    });
  });

  it('at a name that leads to a private address gets nothing', async () => {
    const ctx = await makeContext('admin');
    const { id } = await createWebhook(ctx, { url: 'https://localhost/hook', events: ['breach.started'] });
    await testWebhook(ctx, id);
    await deliverAll();
    const [delivery] = (await listDeliveries(ctx, id, null)).deliveries;
    expect(delivery?.tries).toMatchObject([
      { status: null, answer: expect.stringContaining('private network') },
    ]);
  });

  it('knows two secrets while one follows the other', async () => {
    const { ctx, id, secret, seen } = await listen(ok);
    const { secret: next } = await rotateWebhookSecret(ctx, id);
    await testWebhook(ctx, id);
    await deliverAll();
    const [{ body, headers }] = seen as [(typeof seen)[number]];
    for (const known of [secret, next]) new Webhook(known).verify(body, headers as Record<string, string>);
    await shiftDatabaseClock(25 * HOUR);
    await testWebhook(ctx, id);
    await deliverAll();
    const last = seen.at(-1);
    expect(() =>
      new Webhook(secret).verify(last?.body ?? '', last?.headers as Record<string, string>),
    ).toThrow();
    new Webhook(next).verify(last?.body ?? '', last?.headers as Record<string, string>);
  });

  it('is sent an event again on request, and nothing while it is off', async () => {
    const { ctx, id, seen } = await listen(ok);
    await testWebhook(ctx, id);
    await deliverAll();
    const [delivery] = await deliveries();
    await replayDelivery(ctx, { id, deliveryId: delivery?.id ?? '' });
    await deliverAll();
    expect(seen.map(({ headers }) => headers['webhook-id'])).toEqual([delivery?.eventId, delivery?.eventId]);
    await testWebhook(ctx, id);
    await enableWebhook(ctx, { id, enabled: false });
    await deliverAll();
    expect(seen).toHaveLength(2);
    await expect(testWebhook(ctx, id)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('is changed and deleted by administrators, seen by auditors, and hidden from members', async () => {
    const { ctx, id } = await listen(ok);
    const form = { url: 'https://hooks.example.com/new', events: ['breach.started'], description: 'Pager' };
    for (const role of ['member', 'auditor'] as const) {
      const other = await makeContext(role);
      await expect(changeWebhook(other, { id, form })).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(deleteWebhook(other, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(rotateWebhookSecret(other, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      expect(await listWebhooks(other)).toHaveLength(role === 'auditor' ? 1 : 0);
    }
    await changeWebhook(ctx, { id, form });
    expect(await getWebhook(ctx, id)).toMatchObject({
      url: form.url,
      description: 'Pager',
      events: ['breach.started'],
    });
    await deleteWebhook(ctx, id);
    expect(await getWebhook(ctx, id)).toBeNull();
    await expect(deleteWebhook(ctx, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const acts = await asOwner(
      (db) =>
        db<
          Array<{ action: string }>
        >`SELECT action FROM orgdock.audit_log WHERE subject_id = ${id} ORDER BY id`,
    );
    expect(acts.map(({ action }) => action)).toEqual(['webhook.create', 'webhook.change', 'webhook.delete']);
  });
});
