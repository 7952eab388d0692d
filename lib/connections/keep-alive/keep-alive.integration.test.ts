import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { connections, environments } from '@/db/schema';
import { setKeepAlive } from '@/lib/connections/keep-alive/commands';
import { listDue } from '@/lib/connections/keep-alive/due';
import { forecast } from '@/lib/connections/keep-alive/forecast';
import { sweepLostLeases } from '@/lib/connections/keep-alive/lost-leases';
import { getForecast } from '@/lib/connections/keep-alive/queries';
import { sweepKeepAlive } from '@/lib/connections/keep-alive/sweep';
import { registry } from '@/lib/registry';
import { clocksThatPause, makeAppEnvironment, makeConnected, readStored } from '@/tests/connected';
import { makeConnection, makeContext, makeEnvironment } from '@/tests/factories';
import { allowOrigins } from '@/tests/loopback';
import { startTokenEndpoint } from '@/tests/token-endpoint';

type ConnectionChanges = Partial<typeof connections.$inferInsert>;

beforeEach(async () => {
  for (const slot of ['flights', 'pauses', 'appPauses']) registry().slots.delete(`connections.${slot}`);
  registry().slots.set(
    'connections.clocks',
    clocksThatPause(async () => undefined),
  );
  // Connections of the tests before are nobody's worry here.
  await withSystem('test', (tx) => tx.update(connections).set({ keepAlive: false }));
});
afterEach(() => {
  registry().draining = false;
});

/** Makes the current token pair of a connection so many hours old. */
async function age(id: string, hours: number, changes: ConnectionChanges = {}): Promise<void> {
  const retrievedAt = sql`orgdock.now() - ${hours} * interval '1 hour'`;
  await withSystem('test', (tx) =>
    tx
      .update(connections)
      .set({ retrievedAt, ...changes })
      .where(eq(connections.id, id)),
  );
}

const changeEnvironment = (id: string, changes: Partial<typeof environments.$inferInsert>) =>
  withSystem('test', (tx) => tx.update(environments).set(changes).where(eq(environments.id, id)));

const DAYS_21 = 21 * 24;

/** Connections of one person, one endpoint and one environment, idle for three weeks. */
async function makeDue(count = 1) {
  const endpoint = await startTokenEndpoint();
  const ctx = await makeContext();
  const environment = await makeAppEnvironment(endpoint);
  const made = [];
  for (let index = 0; index < count; index += 1) {
    // Several of one environment are of several people.
    const owner = index === 0 ? ctx : await makeContext();
    const { connection } = await makeConnected(endpoint, { ctx: owner, environment });
    await age(connection.id, DAYS_21 - index);
    made.push(connection.id);
  }
  const [first = ''] = made;
  return { endpoint, ctx, environment, ids: made, id: first };
}

describe('the keep-alive sweep', () => {
  it('refreshes what has idled for two thirds of its limit, and then no more', async () => {
    const { endpoint, id } = await makeDue();
    expect(await sweepKeepAlive()).toEqual({ refreshed: 1 });
    const { row, refreshToken } = await readStored(id);
    expect(row).toMatchObject({ state: 'idle', generation: 2 });
    expect(endpoint.isCurrent(refreshToken ?? '')).toBe(true);
    expect(await sweepKeepAlive()).toEqual({});
    expect(endpoint).toMatchObject({ refreshes: 1, violations: [] });
  });

  it('goes on in an environment that is disabled', async () => {
    const { endpoint, environment } = await makeDue();
    await changeEnvironment(environment.id, { status: 'disabled' });
    expect(await sweepKeepAlive()).toEqual({ refreshed: 1 });
    expect(endpoint).toMatchObject({ refreshes: 1, violations: [] });
  });

  it('finds due exactly what the forecast calls due', async () => {
    const { endpoint, ctx } = await makeDue(0);
    for (const idleLimitDays of [1, 7, 30]) {
      const environment = await makeAppEnvironment(endpoint);
      await changeEnvironment(environment.id, { idleLimitDays });
      const { connection } = await makeConnected(endpoint, { ctx, environment });
      for (const minutes of [-1, 1]) {
        await age(connection.id, idleLimitDays * 16 + minutes / 60);
        const due = await listDue({ after: null, withoutEnvironments: [], size: 50 });
        const { row } = await readStored(connection.id);
        const { keepAliveAt } = forecast(row, { idleLimitDays, absoluteLimitDays: null });
        expect(due.some(({ id }) => id === connection.id)).toBe((keepAliveAt?.getTime() ?? 0) <= Date.now());
        expect(due.some(({ id }) => id === connection.id)).toBe(minutes > 0);
      }
      await age(connection.id, 0);
    }
  });

  it.each<[string, ConnectionChanges]>([
    ['its owner switched it off for', { keepAlive: false }],
    ['renews itself without a refresh token', { flow: 'jwt_bearer' }],
    ['is being refreshed', { state: 'refreshing', leaseUntil: new Date(Date.now() + 60_000) }],
    ['has an unknown outcome', { state: 'uncertain' }],
    ['needs a reconnect', { state: 'needs_reconnect' }],
    ['is disconnected', { state: 'disconnected' }],
    ['belongs to another app', { clientId: 'another' }],
  ])('leaves alone a connection that %s', async (_, changes) => {
    const { endpoint, id } = await makeDue();
    await age(id, DAYS_21, changes);
    expect(await sweepKeepAlive()).toEqual({});
    expect(endpoint.refreshes).toBe(0);
  });

  it.each<[string, Partial<typeof environments.$inferInsert>]>([
    ['has no idle limit', { idleLimitDays: null }],
    ['has a longer one', { idleLimitDays: 60 }],
    ['was deleted', { deletedAt: new Date() }],
    ['is paused', { appPausedUntil: new Date(Date.now() + 60_000) }],
  ])('leaves alone the connections of an environment that %s', async (_, changes) => {
    const { endpoint, environment } = await makeDue();
    await changeEnvironment(environment.id, changes);
    expect(await sweepKeepAlive()).toEqual({});
    expect(endpoint.refreshes).toBe(0);
  });

  it('goes on after one that fails', async () => {
    const { endpoint, ids } = await makeDue(3);
    endpoint.faults.push('keep-refresh-token', 'html-502-before');
    expect(await sweepKeepAlive()).toEqual({ refreshed: 2, GRANT_OUTCOME_UNKNOWN: 1 });
    const states = await Promise.all(ids.map(async (id) => (await readStored(id)).row.state));
    expect(states).toEqual(['idle', 'uncertain', 'idle']);
    expect(endpoint).toMatchObject({ refreshes: 3, violations: [] });
  });

  it('asks once for all of an environment whose app is refused, and goes on with the others', async () => {
    const broken = await makeDue(4);
    broken.endpoint.faults.push('invalid_client');
    const well = await makeDue(1);
    allowOrigins(broken.endpoint.origin, well.endpoint.origin);
    const { APP_SECRET_INVALID, refreshed } = await sweepKeepAlive();
    expect({ APP_SECRET_INVALID, refreshed }).toEqual({ APP_SECRET_INVALID: 1, refreshed: 1 });
    expect(broken.endpoint.refreshes).toBe(1);
    expect(well.endpoint.refreshes).toBe(1);
  });

  it('does not shorten the rest of a connection that Salesforce turned away', async () => {
    const { endpoint } = await makeDue();
    endpoint.faults.push('status-429');
    expect(await sweepKeepAlive()).toEqual({ SALESFORCE_UNAVAILABLE: 1 });
    expect(await sweepKeepAlive()).toEqual({ SALESFORCE_UNAVAILABLE: 1 });
    expect(endpoint.refreshes).toBe(1);
  });

  it('at the same time as others refreshes each once', async () => {
    const { endpoint, ids } = await makeDue(5);
    await Promise.all([1, 2, 3].map(() => sweepKeepAlive()));
    expect(endpoint).toMatchObject({ refreshes: 5, violations: [] });
    for (const id of ids) expect((await readStored(id)).row.generation).toBe(2);
  });

  it('takes nothing more when the process is about to stop', async () => {
    const { endpoint } = await makeDue(3);
    endpoint.beforeAnswer = async () => {
      registry().draining = true;
    };
    expect(await sweepKeepAlive()).toEqual({ refreshed: 1 });
    expect(endpoint.refreshes).toBe(1);
    expect(await sweepKeepAlive()).toEqual({});
  });

  it('walks through more than one page, of which no row is missed or taken twice', async () => {
    const environment = await makeEnvironment();
    // Without tokens: each fails before anything is sent.
    for (let index = 0; index < 55; index += 1) {
      const ctx = await makeContext();
      const owner = { ownerId: ctx.personId, environmentId: environment.id };
      await makeConnection(owner, {
        retrievedAt: new Date(Date.now() - (DAYS_21 + (index % 3)) * 3_600_000),
      });
    }
    expect(await sweepKeepAlive()).toEqual({ failed: 55 });
    await Promise.all(registry().unfinished);
  });
});

describe('the health sweep', () => {
  it('calls a refresh unknown whose holder did not come back, and no other', async () => {
    const { ctx, environment } = await makeDue(0);
    const lease = (seconds: number) => new Date(Date.now() + seconds * 1_000);
    const owner = { ownerId: ctx.personId, environmentId: environment.id };
    const lost = await makeConnection(owner, { state: 'refreshing', fence: 7, leaseUntil: lease(-1) });
    const atWork = await makeConnection(owner, { state: 'refreshing', leaseUntil: lease(60) });
    const idle = await makeConnection(owner);
    expect(await sweepLostLeases()).toBe(1);
    expect((await readStored(lost.id)).row).toMatchObject({
      state: 'uncertain',
      fence: 7,
      problemCode: 'GRANT_OUTCOME_UNKNOWN',
    });
    expect((await readStored(atWork.id)).row.state).toBe('refreshing');
    expect((await readStored(idle.id)).row).toMatchObject({ state: 'idle', problemCode: null });
    expect(await sweepLostLeases()).toBe(0);
  });
});

describe('the keep-alive switch', () => {
  it('is its owner’s, and leaves an audit row for each change', async () => {
    const { ctx, id } = await makeDue();
    await setKeepAlive(ctx, id, false);
    await setKeepAlive(ctx, id, false);
    expect(await getForecast(ctx, id)).toMatchObject({ keepAlive: false });
    expect(await sweepKeepAlive()).toEqual({});
    await setKeepAlive(ctx, id, true);
    const { row, audit } = await readStored(id);
    expect(row.keepAlive).toBe(true);
    expect(audit).toMatchObject([
      { action: 'connection.keep_alive', personId: ctx.personId, details: { before: true, after: false } },
      { action: 'connection.keep_alive', details: { before: false, after: true } },
    ]);
  });

  it.each(['member', 'admin'] as const)('of another person is NOT_FOUND for a %s', async (role) => {
    const { id } = await makeDue();
    const stranger = await makeContext(role);
    await expect(setKeepAlive(stranger, id, false)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(getForecast(stranger, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const { row, audit } = await readStored(id);
    expect(row.keepAlive).toBe(true);
    expect(audit).toEqual([]);
  });
});

describe('the forecast of one’s own connection', () => {
  it('follows the limits of its environment', async () => {
    const { ctx, environment, id } = await makeDue();
    const { row } = await readStored(id);
    const days = (from: Date, count: number) => new Date(from.getTime() + count * 86_400_000).toISOString();
    expect(await getForecast(ctx, id)).toEqual({
      endsAt: days(row.retrievedAt, 30),
      endsBy: 'idle',
      keepAlive: true,
      keepAliveAt: days(row.retrievedAt, 20),
    });
    await changeEnvironment(environment.id, { idleLimitDays: null, absoluteLimitDays: 5 });
    expect(await getForecast(ctx, id)).toEqual({
      endsAt: days(row.consentedAt, 5),
      endsBy: 'absolute',
      keepAlive: true,
      keepAliveAt: null,
    });
  });
});
