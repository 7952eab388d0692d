import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { connectionSecrets, connections, environments } from '@/db/schema';
import { requireConnection } from '@/lib/connections/queries';
import type { Clocks } from '@/lib/connections/refresh/clock';
import { recordFailure } from '@/lib/connections/refresh/fail';
import { AppError } from '@/lib/errors';
import { registry } from '@/lib/registry';
import { callThrough, claim, clocksThatPause, makeConnected, readStored, setPolicy } from '@/tests/connected';
import { asOwner, shiftDatabaseClock } from '@/tests/database-owner';
import { startTokenEndpoint, type TokenFault } from '@/tests/token-endpoint';

beforeEach(() => {
  for (const slot of ['flights', 'pauses', 'clocks']) registry().slots.delete(`connections.${slot}`);
  registry().draining = false;
  setPolicy({ poll: { first: 10, longest: 10 }, callerWaitMs: 2_000 });
});

async function meet(fault: TokenFault) {
  const endpoint = await startTokenEndpoint();
  const connected = await makeConnected(endpoint);
  endpoint.expireAccessTokens();
  endpoint.faults.push(fault);
  return { endpoint, ...connected };
}

describe('an answer after which the token is certainly unspent', () => {
  it.each([
    ['json-503', 'retry_later', 'SALESFORCE_UNAVAILABLE'],
    ['status-429', 'retry_later', 'SALESFORCE_UNAVAILABLE'],
  ] as const)('%s leaves the connection idle and lets it rest', async (fault, outcome, code) => {
    const { endpoint, connection, source, ctx } = await meet(fault);
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code });
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code });
    expect(endpoint.refreshes).toBe(1);
    const { row, attempts } = await readStored(connection.id);
    expect(row).toMatchObject({ state: 'idle', generation: 1, leaseOwner: null, problemCode: null });
    expect(attempts).toMatchObject([{ outcome }]);
    expect(await requireConnection(ctx, connection.id)).toMatchObject({ health: 'healthy', problem: null });
    registry().slots.delete('connections.pauses');
    expect(await callThrough(endpoint, source)).toBe(true);
    expect(endpoint.violations).toEqual([]);
  });

  it('nothing listening at the token host sends nothing', async () => {
    const { endpoint, connection, environment, source } = await meet('drop-before');
    const nowhere = 'https://login.salesforce.com:1';
    await withSystem('test', async (tx) => {
      await tx.update(connections).set({ tokenHost: nowhere }).where(eq(connections.id, connection.id));
      await tx.update(environments).set({ origin: nowhere }).where(eq(environments.id, environment.id));
    });
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: 'HOST_NOT_ALLOWED' });
    const { row, attempts } = await readStored(connection.id);
    expect(row).toMatchObject({ state: 'idle', generation: 1, leaseOwner: null });
    expect(attempts).toMatchObject([{ outcome: 'unsent', error: 'HOST_NOT_ALLOWED' }]);
    expect(endpoint.refreshes).toBe(0);
  });

  it('keeps the refresh token when Salesforce does not rotate', async () => {
    const { endpoint, connection, source } = await meet('keep-refresh-token');
    const before = await readStored(connection.id);
    expect(await callThrough(endpoint, source)).toBe(true);
    const after = await readStored(connection.id);
    expect(after.refreshToken).toBe(before.refreshToken);
    expect(after.row.generation).toBe(2);
  });
});

describe('a refusal of the app itself', () => {
  it.each([
    ['invalid_client', 'APP_SECRET_INVALID'],
    ['ip-restricted', 'IP_RESTRICTED'],
  ] as const)('%s stops the refreshes of the whole environment', async (fault, code) => {
    const { endpoint, connection, environment, source, ctx } = await meet(fault);
    const other = await makeConnected(endpoint, { environment });
    endpoint.expireAccessTokens();
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code });
    await expect(callThrough(endpoint, other.source)).rejects.toMatchObject({ code });
    expect(endpoint.refreshes).toBe(1);
    expect((await readStored(connection.id)).row).toMatchObject({ state: 'idle', problemCode: code });
    const shown = await requireConnection(ctx, connection.id);
    expect(shown.health).toBe('app_refused');
    expect(shown.problem?.salesforce?.error).toBe(
      fault === 'invalid_client' ? 'invalid_client' : 'invalid_grant',
    );
  });

  it('ends when the administrator saves the environment, or after its time', async () => {
    const { endpoint, environment, source, connection } = await meet('invalid_client');
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: 'APP_SECRET_INVALID' });
    await withSystem('test', (tx) =>
      tx.update(environments).set({ updatedAt: new Date() }).where(eq(environments.id, environment.id)),
    );
    expect(await callThrough(endpoint, source)).toBe(true);
    expect((await readStored(connection.id)).row).toMatchObject({ state: 'idle', problemCode: null });
    setPolicy({ appPauseMs: 0 });
    endpoint.expireAccessTokens();
    endpoint.faults.push('invalid_client');
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: 'APP_SECRET_INVALID' });
    expect(await callThrough(endpoint, source)).toBe(true);
  });

  it('goes on serving an access token that works', async () => {
    const { endpoint, environment, source } = await meet('invalid_client');
    const other = await makeConnected(endpoint, { environment });
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: 'APP_SECRET_INVALID' });
    expect(await callThrough(endpoint, other.source)).toBe(true);
  });
});

describe('a refusal of the grant', () => {
  it.each([
    ['expired', 'GRANT_ENDED', 'expired access/refresh token'],
    ['inactive', 'USER_INACTIVE', 'user is inactive'],
  ] as const)('%s asks for a reconnect, in Salesforce’s own words', async (fault, code, words) => {
    const { endpoint, connection, source, ctx } = await meet(fault);
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code });
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code });
    expect(endpoint.refreshes).toBe(1);
    const { row, audit } = await readStored(connection.id);
    expect(row).toMatchObject({ state: 'needs_reconnect', problemDescription: words, problemStatus: 400 });
    expect(audit).toMatchObject([{ action: 'token.refresh', outcome: 'failed' }]);
    const shown = await requireConnection(ctx, connection.id);
    expect(shown).toMatchObject({
      health: 'needs_reconnect',
      problem: { code, salesforce: { description: words } },
    });
  });
});

describe('an answer that does not tell what happened', () => {
  it.each([
    'html-502-before',
    'drop-before',
    'html-504-after',
    'drop-after',
    'truncate-after',
    'empty-200-after',
    'already-processed',
  ] as const)('%s leaves the outcome unknown and never sends the token again', async (fault) => {
    const { endpoint, connection, source, ctx } = await meet(fault);
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: 'GRANT_OUTCOME_UNKNOWN' });
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: 'GRANT_OUTCOME_UNKNOWN' });
    expect(endpoint.refreshes).toBe(1);
    expect(endpoint.violations).toEqual([]);
    const { row, attempts } = await readStored(connection.id);
    expect(row).toMatchObject({ state: 'uncertain', generation: 1, leaseOwner: null });
    expect(attempts).toMatchObject([{ outcome: 'uncertain' }]);
    const shown = await requireConnection(ctx, connection.id);
    expect(shown.health).toBe('unknown');
    expect(shown.problem?.nextStep).toMatch(/^Wait some minutes.*Or reconnect/);
  });

  it.each(['wrong-org-after', 'foreign-host-after'] as const)(
    '%s keeps the new pair but does not use it',
    async (fault) => {
      const { endpoint, connection, source } = await meet(fault);
      await expect(callThrough(endpoint, source)).rejects.toMatchObject({
        code: fault === 'wrong-org-after' ? 'CONSENT_WRONG_ORG' : 'HOST_NOT_ALLOWED',
      });
      const { row, refreshToken } = await readStored(connection.id);
      expect(row).toMatchObject({ state: 'needs_reconnect', generation: 2, instanceUrl: endpoint.origin });
      expect(endpoint.isCurrent(refreshToken ?? '')).toBe(true);
    },
  );
});

describe('time', () => {
  it('bounds the wait of a caller, not the refresh', async () => {
    setPolicy({ callerWaitMs: 300 });
    const { endpoint, connection, source } = await meet('keep-refresh-token');
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    endpoint.beforeAnswer = () => held;
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: 'REFRESH_BUSY' });
    release();
    await Promise.all(registry().unfinished);
    expect((await readStored(connection.id)).row).toMatchObject({ state: 'idle', generation: 2 });
    expect(await callThrough(endpoint, source)).toBe(true);
    expect(endpoint.refreshes).toBe(1);
  });

  it('gives the claim back unsent when the holder slept past its deadline', async () => {
    const { endpoint, connection, source } = await meet('keep-refresh-token');
    let wall = Date.now();
    const clocks: Clocks = { ...clocksThatPause(async () => undefined), monotonic: () => 0 };
    // The wall clock jumps between the claim and the first write, as after a suspend; the monotonic one stands still.
    clocks.wall = () => {
      wall += 15_000;
      return wall;
    };
    registry().slots.set('connections.clocks', clocks);
    setPolicy({ callerWaitMs: 1_000_000, sendWithinMs: 10_000 });
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(endpoint.refreshes).toBe(0);
    const { row, attempts } = await readStored(connection.id);
    expect(row).toMatchObject({ state: 'idle', generation: 1 });
    expect(attempts).toMatchObject([{ outcome: 'unsent' }]);
  });

  it('of a holder that comes back late and unsent leaves nothing of what was thought meanwhile', async () => {
    const { connection, source, ctx } = await meet('keep-refresh-token');
    const { row } = await readStored(connection.id);
    const held = await claim({
      connectionId: row.id,
      grantId: row.grantId,
      generation: row.generation,
    });
    await shiftDatabaseClock(600_000);
    await expect(source.renew(1)).rejects.toMatchObject({ code: 'GRANT_OUTCOME_UNKNOWN' });
    expect(await requireConnection(ctx, connection.id)).toMatchObject({ health: 'unknown' });
    if (!held) throw new Error('no claim');
    const error = new AppError('TIMEOUT', 'It slept.');
    expect(await recordFailure(held, { kind: 'unsent', error })).toBe('recorded');
    expect(await requireConnection(ctx, connection.id)).toMatchObject({ health: 'healthy', problem: null });
  });

  it('that nobody holds any more says so, not what was wrong before', async () => {
    const { connection, source, ctx } = await meet('keep-refresh-token');
    await withSystem('test', (tx) =>
      tx
        .update(connections)
        .set({
          state: 'refreshing',
          leaseUntil: new Date(0),
          problemCode: 'APP_SECRET_INVALID',
          problemError: 'invalid_client',
        })
        .where(eq(connections.id, connection.id)),
    );
    await expect(source.renew(1)).rejects.toMatchObject({ code: 'GRANT_OUTCOME_UNKNOWN' });
    const { problem } = await requireConnection(ctx, connection.id);
    expect(problem).toMatchObject({ code: 'GRANT_OUTCOME_UNKNOWN', salesforce: null });
  });

  it('never takes over a refresh whose lease has ended', async () => {
    const { endpoint, connection, source, ctx } = await meet('keep-refresh-token');
    await withSystem('test', (tx) =>
      tx
        .update(connections)
        .set({
          state: 'refreshing',
          fence: 1,
          leaseOwner: 'a dead process',
          leaseUntil: new Date(Date.now() + 60_000),
        })
        .where(eq(connections.id, connection.id)),
    );
    expect((await requireConnection(ctx, connection.id)).health).toBe('refreshing');
    await shiftDatabaseClock(120_000);
    expect(await requireConnection(ctx, connection.id)).toMatchObject({
      health: 'unknown',
      problem: { code: 'GRANT_OUTCOME_UNKNOWN' },
    });
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: 'GRANT_OUTCOME_UNKNOWN' });
    expect(endpoint.refreshes).toBe(0);
    expect((await readStored(connection.id)).row).toMatchObject({ state: 'uncertain', fence: 1 });
  });

  it('takes no claim in a process that is about to stop', async () => {
    const { endpoint, connection, source } = await meet('keep-refresh-token');
    registry().draining = true;
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect((await readStored(connection.id)).row).toMatchObject({ state: 'idle', fence: 0 });
    expect(endpoint.refreshes).toBe(0);
  });
});

describe('a stored token that does not open', () => {
  it('gives the claim back and names the row', async () => {
    const { endpoint, connection, source } = await meet('keep-refresh-token');
    await withSystem('test', (tx) =>
      tx
        .update(connectionSecrets)
        .set({ refreshToken: 'not sealed at all' })
        .where(eq(connectionSecrets.connectionId, connection.id)),
    );
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({
      code: 'VAULT_VALUE_DAMAGED',
      details: { rowId: connection.id, column: 'refresh_token' },
    });
    const [row] = await asOwner(
      (sql) => sql`SELECT state FROM orgdock.connections WHERE id = ${connection.id}`,
    );
    expect(row).toMatchObject({ state: 'idle' });
    expect(endpoint.refreshes).toBe(0);
  });
});
