import { beforeEach, describe, expect, it, vi } from 'vitest';
import { disconnectConnection, retryRevocation } from '@/lib/connections/commands';
import { listConnections, requireConnection } from '@/lib/connections/queries';
import { storeGrant } from '@/lib/connections/store-grant';
import { tokenSource } from '@/lib/connections/token-source';
import { AppError } from '@/lib/errors';
import { registry } from '@/lib/registry';
import { callThrough, clocksThatPause, makeConnected, readStored, setPolicy } from '@/tests/connected';
import { asOwner } from '@/tests/database-owner';
import { ORG_ID, startTokenEndpoint, USER_ID } from '@/tests/token-endpoint';

/** Failures of the next transactions of a reason: before anything happened, or with the commit unheard of. */
const plan = vi.hoisted(() => [] as Array<{ reason: string; when: 'before' | 'after' }>);

vi.mock('@/db/client', async (original) => {
  const actual = await original<typeof import('@/db/client')>();
  const away = () => new AppError('UNAVAILABLE', 'The database does not answer.');
  return {
    ...actual,
    withSystem: async (reason: string, fn: Parameters<typeof actual.withSystem>[1]) => {
      const index = plan.findIndex((fault) => fault.reason === reason);
      const fault = index < 0 ? undefined : plan.splice(index, 1)[0];
      if (fault?.when === 'before') throw away();
      const result = await actual.withSystem(reason, fn);
      if (fault?.when === 'after') throw away();
      return result;
    },
  };
});

beforeEach(() => {
  plan.length = 0;
  for (const slot of ['flights', 'pauses']) registry().slots.delete(`connections.${slot}`);
  setPolicy({
    poll: { first: 10, longest: 10 },
    callerWaitMs: 3_000,
    storePauseMs: { first: 5, longest: 20 },
    consentStoreMs: 5_000,
  });
});

async function expired() {
  const endpoint = await startTokenEndpoint();
  const connected = await makeConnected(endpoint);
  endpoint.expireAccessTokens();
  return { endpoint, ...connected };
}

const settled = () => Promise.all(registry().unfinished);

describe('a database that fails', () => {
  it.each(['before', 'after'] as const)(
    'at the claim (%s its commit) stops the refresh and loses nothing',
    async (when) => {
      const { endpoint, connection, source } = await expired();
      plan.push({ reason: 'refresh claim', when });
      await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await settled();
      expect(endpoint.refreshes).toBe(0);
      expect((await readStored(connection.id)).row).toMatchObject({ state: 'idle', leaseOwner: null });
      expect(await callThrough(endpoint, source)).toBe(true);
      expect(endpoint).toMatchObject({ refreshes: 1, violations: [] });
    },
  );

  it.each(['before', 'after'] as const)(
    'at the answer (%s its commit) is asked again until it stores it, once',
    async (when) => {
      const { endpoint, connection, source } = await expired();
      plan.push({ reason: 'refresh answer', when }, { reason: 'refresh answer', when: 'before' });
      expect(await callThrough(endpoint, source)).toBe(true);
      const { row, attempts, audit, refreshToken } = await readStored(connection.id);
      expect(row).toMatchObject({ state: 'idle', generation: 2 });
      expect(attempts).toMatchObject([{ outcome: 'landed' }]);
      expect(audit).toHaveLength(1);
      expect(endpoint.isCurrent(refreshToken ?? '')).toBe(true);
      expect(endpoint).toMatchObject({ refreshes: 1, violations: [] });
    },
  );

  it.each(['before', 'after'] as const)(
    'at a refusal (%s its commit) is asked again, and writes it once',
    async (when) => {
      const { endpoint, connection, source } = await expired();
      endpoint.faults.push('expired');
      plan.push({ reason: 'refresh failure', when });
      await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: 'GRANT_ENDED' });
      const { row, audit } = await readStored(connection.id);
      expect(row.state).toBe('needs_reconnect');
      expect(audit).toHaveLength(1);
    },
  );

  it.each(['before', 'after'] as const)(
    'at the end of a revocation (%s its commit) is asked again',
    async (when) => {
      const { endpoint, connection, ctx } = await expired();
      plan.push({ reason: 'revocation result', when });
      await disconnectConnection(ctx, connection.id);
      const { row, audit } = await readStored(connection.id);
      expect(row).toMatchObject({ state: 'disconnected', revocation: 'confirmed' });
      expect(audit.map((entry) => entry.action)).toEqual(['connection.disconnect', 'token.revoke']);
      expect(endpoint.revokes).toBe(1);
    },
  );

  it('at a disconnect says so, and the second try ends it', async () => {
    const { endpoint, connection, ctx } = await expired();
    plan.push({ reason: 'disconnect', when: 'before' });
    await expect(disconnectConnection(ctx, connection.id)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await disconnectConnection(ctx, connection.id);
    await retryRevocation(ctx, connection.id);
    expect(endpoint).toMatchObject({ liveGrants: 0, revokes: 1 });
  });
});

describe('a consent while the database fails', () => {
  const user = {
    orgId: ORG_ID,
    userId: USER_ID,
    username: 'ada@acme.example',
    displayName: 'Ada Lovelace',
    email: null,
    locale: null,
    timeZone: null,
  };

  it.each(['before', 'after'] as const)(
    '(%s its commit) is stored once, and what it replaces is revoked',
    async (when) => {
      const { endpoint, connection, ctx, environment } = await expired();
      plan.push({ reason: 'consent', when });
      const grant = { environmentId: environment.id, app: endpoint.app, answer: endpoint.consent(), user };
      const stored = await storeGrant(ctx, {
        ...grant,
        ownerId: ctx.personId,
        mayPinOrg: false,
        reconnects: null,
      });
      expect(stored).toEqual({ connectionId: connection.id, reconnected: true });
      await settled();
      expect((await readStored(connection.id)).row.generation).toBe(2);
      expect(endpoint).toMatchObject({ liveGrants: 1, revokes: 1, violations: [] });
      expect(await callThrough(endpoint, tokenSource(await requireConnection(ctx, connection.id)))).toBe(
        true,
      );
    },
  );

  it('is not stored a second time over the one that has replaced it meanwhile', async () => {
    const { endpoint, connection, ctx, environment } = await expired();
    const grantOf = (answer: ReturnType<typeof endpoint.consent>) => ({
      environmentId: environment.id,
      app: endpoint.app,
      answer,
      user,
      ownerId: ctx.personId,
      mayPinOrg: false,
      reconnects: null,
    });
    const [first, second] = [endpoint.consent(), endpoint.consent()];
    plan.push({ reason: 'consent', when: 'after' });
    // The pause between the commit that was not heard of and the second try.
    const meanwhile = clocksThatPause(async () => {
      registry().slots.delete('connections.clocks');
      await storeGrant(ctx, grantOf(second));
    });
    registry().slots.set('connections.clocks', meanwhile);
    await storeGrant(ctx, grantOf(first));
    await settled();
    const { row, refreshToken } = await readStored(connection.id);
    expect(refreshToken).toBe(second.refreshToken);
    expect(row.generation).toBe(3);
    expect(endpoint.isAlive(first.refreshToken)).toBe(false);
    expect(endpoint).toMatchObject({ liveGrants: 1, violations: [] });
  });

  it('gives the grant back when it lasts longer than a person waits', async () => {
    setPolicy({ consentStoreMs: 30 });
    const { endpoint, ctx, environment } = await expired();
    for (let count = 0; count < 50; count += 1) plan.push({ reason: 'consent', when: 'before' });
    const answer = endpoint.consent({ userId: '005000000000003AAA' });
    const grant = {
      environmentId: environment.id,
      app: endpoint.app,
      answer,
      user: { ...user, userId: answer.userId },
    };
    await expect(
      storeGrant(ctx, { ...grant, ownerId: ctx.personId, mayPinOrg: false, reconnects: null }),
    ).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(endpoint.isAlive(answer.refreshToken)).toBe(false);
    plan.length = 0;
    expect(await listConnections(ctx)).toHaveLength(1);
  });

  it('does not give back a grant whose last commit happened unheard, but what it replaced', async () => {
    setPolicy({ consentStoreMs: 0 });
    const { endpoint, connection, ctx, environment } = await expired();
    plan.push({ reason: 'consent', when: 'after' });
    const answer = endpoint.consent();
    const grant = { environmentId: environment.id, app: endpoint.app, answer, user };
    await expect(
      storeGrant(ctx, { ...grant, ownerId: ctx.personId, mayPinOrg: false, reconnects: null }),
    ).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await settled();
    expect(endpoint.isAlive(answer.refreshToken)).toBe(true);
    expect(endpoint).toMatchObject({ liveGrants: 1, revokes: 1, violations: [] });
    expect(await callThrough(endpoint, tokenSource(await requireConnection(ctx, connection.id)))).toBe(true);
  });
});

describe('the real database', () => {
  it('may cut every connection while Salesforce works', async () => {
    const { endpoint, connection, source } = await expired();
    endpoint.beforeAnswer = async () => {
      await asOwner(
        (sql) => sql`SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
                      WHERE datname = current_database() AND application_name = 'orgdock portal'`,
      );
    };
    const calls = await Promise.all([1, 2, 3].map(() => callThrough(endpoint, source).catch(String)));
    expect(calls).toContain(true);
    endpoint.beforeAnswer = async () => undefined;
    expect(await callThrough(endpoint, source)).toBe(true);
    expect((await readStored(connection.id)).row).toMatchObject({ state: 'idle', generation: 2 });
    expect(endpoint).toMatchObject({ refreshes: 1, violations: [] });
  });

  it('may refuse logins when the answer has come', async () => {
    const { endpoint, connection, source } = await expired();
    const limit = (count: number) =>
      asOwner(async (sql) => {
        const [row] = await sql`SELECT current_database() AS name`;
        await sql.unsafe(`ALTER DATABASE ${row?.['name']} CONNECTION LIMIT ${count}`);
        if (count === 0) {
          await sql`SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
                     WHERE datname = current_database() AND application_name = 'orgdock portal'`;
        }
      });
    let failures = 0;
    endpoint.beforeAnswer = () => limit(0);
    // The pause between two tries: after the third failure the database takes logins again.
    const clocks = clocksThatPause(async () => {
      failures += 1;
      if (failures === 3) await limit(-1);
    });
    registry().slots.set('connections.clocks', clocks);
    expect(await callThrough(endpoint, source)).toBe(true);
    registry().slots.delete('connections.clocks');
    expect(failures).toBeGreaterThanOrEqual(3);
    expect((await readStored(connection.id)).row).toMatchObject({ state: 'idle', generation: 2 });
    expect(endpoint).toMatchObject({ refreshes: 1, violations: [] });
  });
});
