import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { connectionSecrets, connections, environmentSecrets, environments } from '@/db/schema';
import { disconnectConnection, retryRevocation } from '@/lib/connections/commands';
import { requireConnection } from '@/lib/connections/queries';
import { revocationPolicy } from '@/lib/connections/revocation/policy';
import { sweepRevocations } from '@/lib/connections/revocation/sweep';
import { registry } from '@/lib/registry';
import { makeConnected, readStored, setPolicy } from '@/tests/connected';
import { auditOf } from '@/tests/consent';
import { shiftDatabaseClock } from '@/tests/database-owner';
import { startTokenEndpoint } from '@/tests/token-endpoint';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

beforeEach(async () => {
  for (const slot of ['flights', 'pauses', 'revocationPolicy'])
    registry().slots.delete(`connections.${slot}`);
  setPolicy({
    poll: { first: 10, longest: 10 },
    callerWaitMs: 2_000,
    storePauseMs: { first: 5, longest: 20 },
  });
  // What another test has left over is not to be swept here.
  await withSystem('test', (tx) => tx.update(connections).set({ state: 'disconnected' }));
});

async function disconnectedUnheard() {
  const endpoint = await startTokenEndpoint();
  const connected = await makeConnected(endpoint);
  endpoint.revokeFaults.push('drop');
  await disconnectConnection(connected.ctx, connected.connection.id);
  return { endpoint, ...connected };
}

describe('a disconnect that the org did not answer', () => {
  it('says when it is tried again, and the sweep does so then and not before', async () => {
    const { endpoint, connection, ctx } = await disconnectedUnheard();
    const { revocation, revocationNextAt } = await requireConnection(ctx, connection.id);
    expect(revocation).toBe('unconfirmed');
    const pause = Date.parse(revocationNextAt ?? '') - Date.now();
    expect(pause).toBeGreaterThan(0.9 * MINUTE);
    expect(pause).toBeLessThan(2.1 * MINUTE);
    expect(await sweepRevocations()).toBe(0);
    expect(endpoint.revokes).toBe(1);

    await shiftDatabaseClock(3 * MINUTE);
    expect(await sweepRevocations()).toBe(1);
    const { row, refreshToken, attempts, audit } = await readStored(connection.id);
    expect(row).toMatchObject({ state: 'disconnected', revocation: 'confirmed', revocationNextAt: null });
    expect(refreshToken).toBeNull();
    expect(endpoint).toMatchObject({ liveGrants: 0, violations: [], revokes: 2 });
    expect(attempts.map(({ purpose, trigger, outcome }) => [purpose, trigger, outcome])).toEqual([
      ['revoke', 'disconnect', 'uncertain'],
      ['revoke', 'retry', 'revoked'],
      ['introspect', 'verify', 'inactive'],
    ]);
    expect(audit.map(({ action, outcome }) => [action, outcome])).toEqual([
      ['connection.disconnect', 'done'],
      ['token.revoke', 'failed'],
      ['token.revoke', 'done'],
    ]);
    expect(audit.at(-1)?.details).toMatchObject({ why: 'tried again', verified: 'introspection' });
  });

  it('is confirmed by the next try when only the answer was lost', async () => {
    const endpoint = await startTokenEndpoint();
    const { connection, ctx } = await makeConnected(endpoint);
    endpoint.revokeFaults.push('drop-after');
    await disconnectConnection(ctx, connection.id);
    expect((await requireConnection(ctx, connection.id)).revocation).toBe('unconfirmed');
    await retryRevocation(ctx, connection.id);
    expect((await requireConnection(ctx, connection.id)).revocation).toBe('confirmed');
    expect(endpoint.violations).toEqual([]);
  });

  it('is tried again when introspection contradicts the answer', async () => {
    const endpoint = await startTokenEndpoint();
    const { connection, ctx } = await makeConnected(endpoint);
    endpoint.revokeFaults.push('pretend');
    await disconnectConnection(ctx, connection.id);
    expect(await requireConnection(ctx, connection.id)).toMatchObject({
      revocation: 'unconfirmed',
      problem: { salesforce: { error: 'still_active' } },
    });
    await shiftDatabaseClock(3 * MINUTE);
    await sweepRevocations();
    expect((await requireConnection(ctx, connection.id)).revocation).toBe('confirmed');
    const { attempts } = await readStored(connection.id);
    expect(attempts.filter(({ purpose }) => purpose === 'introspect').map(({ outcome }) => outcome)).toEqual([
      'active',
      'inactive',
    ]);
  });

  it('is tried less and less often, at most every six hours, and is news only once', async () => {
    const { endpoint, connection } = await disconnectedUnheard();
    const pauses: number[] = [];
    let now = 0;
    for (let count = 0; count < 12; count += 1) {
      const { row } = await readStored(connection.id);
      now = (row.revocationNextAt?.getTime() ?? 0) - Date.now() + 1_000;
      await shiftDatabaseClock(now);
      endpoint.revokeFaults.push('http-503');
      expect(await sweepRevocations()).toBe(1);
      const next = (await readStored(connection.id)).row.revocationNextAt?.getTime() ?? 0;
      pauses.push(next - Date.now() - now);
    }
    expect(pauses[0]).toBeLessThan(5 * MINUTE);
    expect(Math.max(...pauses)).toBeGreaterThan(2 * HOUR);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(6 * HOUR + MINUTE);
    const { row, audit } = await readStored(connection.id);
    expect(row).toMatchObject({ revocation: 'unconfirmed', revocationTries: 13 });
    expect(audit.map(({ action }) => action)).toEqual(['connection.disconnect', 'token.revoke']);
  });

  it('is given up after seven days, with an audit row, and can still be asked for', async () => {
    const { endpoint, connection, ctx } = await disconnectedUnheard();
    await shiftDatabaseClock(7 * DAY + MINUTE);
    endpoint.revokeFaults.push('drop');
    expect(await sweepRevocations()).toBe(1);
    const { row, audit } = await readStored(connection.id);
    expect(row).toMatchObject({ state: 'disconnecting', revocation: 'unconfirmed', revocationNextAt: null });
    expect(audit.at(-1)).toMatchObject({ outcome: 'failed', details: { gaveUp: true } });
    expect((await requireConnection(ctx, connection.id)).revocationNextAt).toBeNull();
    await shiftDatabaseClock(8 * DAY);
    expect(await sweepRevocations()).toBe(0);
    await retryRevocation(ctx, connection.id);
    expect(endpoint.liveGrants).toBe(0);
  });
});

describe('the sweep', () => {
  it('takes over from a process that is gone', async () => {
    const endpoint = await startTokenEndpoint();
    const { connection } = await makeConnected(endpoint);
    await withSystem('test', (tx) =>
      tx
        .update(connections)
        .set({ state: 'disconnecting', revocation: 'pending', leaseUntil: new Date(Date.now() - 1_000) })
        .where(eq(connections.id, connection.id)),
    );
    expect(await sweepRevocations()).toBe(1);
    expect((await readStored(connection.id)).row).toMatchObject({
      state: 'disconnected',
      revocation: 'confirmed',
    });
  });

  it('leaves alone what somebody is at', async () => {
    const endpoint = await startTokenEndpoint();
    const { connection } = await makeConnected(endpoint);
    await withSystem('test', (tx) =>
      tx
        .update(connections)
        .set({ state: 'disconnecting', revocation: 'pending', leaseUntil: new Date(Date.now() + MINUTE) })
        .where(eq(connections.id, connection.id)),
    );
    expect(await sweepRevocations()).toBe(0);
    expect(endpoint.revokes).toBe(0);
  });

  it('sends each revocation once, however many processes sweep', async () => {
    const { endpoint } = await disconnectedUnheard();
    await shiftDatabaseClock(3 * MINUTE);
    await Promise.all([sweepRevocations(), sweepRevocations(), sweepRevocations()]);
    expect(endpoint).toMatchObject({ revokes: 2, liveGrants: 0 });
  });

  it('begins nothing while the process stops', async () => {
    const { endpoint } = await disconnectedUnheard();
    await shiftDatabaseClock(3 * MINUTE);
    registry().draining = true;
    expect(await sweepRevocations()).toBe(0);
    registry().draining = false;
    expect(endpoint.revokes).toBe(1);
  });

  it('goes on after one that fails, and does not come back to it in the same sweep', async () => {
    const { connection: broken } = await disconnectedUnheard();
    await withSystem('test', (tx) => tx.update(connections).set({ revocationNextAt: new Date(0) }));
    const { connection } = await disconnectedUnheard();
    await withSystem('test', (tx) =>
      tx
        .update(connections)
        .set({ clientId: 'x'.repeat(10), tokenHost: 'https://evil.example' })
        .where(eq(connections.id, broken.id)),
    );
    await shiftDatabaseClock(3 * MINUTE);
    expect(await sweepRevocations()).toBe(2);
    expect((await readStored(connection.id)).row.revocation).toBe('confirmed');
    expect((await readStored(broken.id)).row).toMatchObject({
      revocation: 'unconfirmed',
      problemError: 'HOST_NOT_ALLOWED',
    });
  });

  it('revokes without a consumer secret that does not open', async () => {
    const { endpoint, connection, environment } = await disconnectedUnheard();
    await withSystem('test', (tx) =>
      tx
        .update(environmentSecrets)
        .set({ consumerSecret: 'damaged' })
        .where(eq(environmentSecrets.environmentId, environment.id)),
    );
    await shiftDatabaseClock(3 * MINUTE);
    await sweepRevocations();
    expect(endpoint).toMatchObject({ liveGrants: 0, introspections: 0 });
    expect((await readStored(connection.id)).audit.at(-1)?.details).toMatchObject({
      verified: 'refused_use',
    });
  });

  it('asks no introspection where the environment has it off', async () => {
    const { endpoint, environment } = await disconnectedUnheard();
    await withSystem('test', (tx) =>
      tx.update(environments).set({ introspection: false }).where(eq(environments.id, environment.id)),
    );
    await shiftDatabaseClock(3 * MINUTE);
    await sweepRevocations();
    expect(endpoint).toMatchObject({ liveGrants: 0, introspections: 0 });
  });

  it('forgets the secret of a deleted environment with its last grant, and not before', async () => {
    const { environment, endpoint } = await disconnectedUnheard();
    const secrets = () =>
      withSystem('test', (tx) =>
        tx.select().from(environmentSecrets).where(eq(environmentSecrets.environmentId, environment.id)),
      );
    await withSystem('test', (tx) =>
      tx.update(environments).set({ deletedAt: new Date() }).where(eq(environments.id, environment.id)),
    );
    await sweepRevocations();
    expect(await secrets()).toHaveLength(1);
    await shiftDatabaseClock(3 * MINUTE);
    await sweepRevocations();
    expect(endpoint.introspections).toBe(1);
    expect(await secrets()).toEqual([]);
    expect((await auditOf('environment.forget_secret')).at(-1)).toMatchObject({ subjectId: environment.id });
  });

  it('reads more than one batch', async () => {
    registry().slots.set('connections.revocationPolicy', { ...revocationPolicy(), sweepBatch: 1 });
    await disconnectedUnheard();
    await disconnectedUnheard();
    await disconnectedUnheard();
    await shiftDatabaseClock(3 * MINUTE);
    expect(await sweepRevocations()).toBe(3);
  });
});

describe('a grant without a refresh token', () => {
  it('is revoked by its access token', async () => {
    const endpoint = await startTokenEndpoint();
    const { connection, ctx, source } = await makeConnected(endpoint);
    const { accessToken } = await source.current();
    await withSystem('test', async (tx) => {
      await tx
        .update(connections)
        .set({ flow: 'client_credentials' })
        .where(eq(connections.id, connection.id));
      await tx
        .update(connectionSecrets)
        .set({ refreshToken: null })
        .where(eq(connectionSecrets.connectionId, connection.id));
    });
    await disconnectConnection(ctx, connection.id);
    expect(endpoint.accepts(accessToken)).toBe(false);
    expect((await readStored(connection.id)).row).toMatchObject({
      state: 'disconnected',
      revocation: 'confirmed',
    });
  });

  it('cannot be revoked when nothing of it is stored', async () => {
    const endpoint = await startTokenEndpoint();
    const { connection, ctx } = await makeConnected(endpoint);
    await withSystem('test', (tx) =>
      tx.delete(connectionSecrets).where(eq(connectionSecrets.connectionId, connection.id)),
    );
    await disconnectConnection(ctx, connection.id);
    const { row, audit } = await readStored(connection.id);
    expect(row).toMatchObject({ state: 'disconnected', revocation: 'unconfirmed' });
    expect(audit.at(-1)).toMatchObject({ action: 'token.revoke', outcome: 'failed' });
    expect(endpoint.revokes).toBe(0);
  });
});
