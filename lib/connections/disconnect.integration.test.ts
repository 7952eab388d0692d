import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { connectionSecrets, connections } from '@/db/schema';
import { disconnectConnection, retryRevocation } from '@/lib/connections/commands';
import { listConnections, requireConnection } from '@/lib/connections/queries';
import { registry } from '@/lib/registry';
import { callThrough, makeConnected, readStored, setPolicy } from '@/tests/connected';
import { makeContext } from '@/tests/factories';
import { startTokenEndpoint } from '@/tests/token-endpoint';

beforeEach(() => {
  for (const slot of ['flights', 'pauses', 'appPauses']) registry().slots.delete(`connections.${slot}`);
  setPolicy({
    poll: { first: 10, longest: 10 },
    callerWaitMs: 2_000,
    storePauseMs: { first: 5, longest: 20 },
  });
});

/** A gate that work waits at until it is opened. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

async function connected() {
  const endpoint = await startTokenEndpoint();
  return { endpoint, ...(await makeConnected(endpoint)) };
}

const settled = () => Promise.all(registry().unfinished);

/** Starts a refresh and stops it where Salesforce has rotated and not answered yet. */
async function refreshInFlight() {
  const setting = await connected();
  const { endpoint, source } = setting;
  const answer = gate();
  const reached = gate();
  endpoint.expireAccessTokens();
  endpoint.beforeAnswer = async () => {
    reached.open();
    await answer.opened;
  };
  const call = callThrough(endpoint, source).catch((error: unknown) => error);
  await reached.opened;
  return { ...setting, answer, call };
}

describe('disconnecting', () => {
  it('revokes the grant, deletes the tokens and leaves an audit trail', async () => {
    const { endpoint, connection, ctx, source } = await connected();
    await disconnectConnection(ctx, connection.id);
    expect(endpoint.liveGrants).toBe(0);
    const { row, refreshToken, attempts, audit } = await readStored(connection.id);
    expect(row).toMatchObject({ state: 'disconnected', revocation: 'confirmed', problemCode: null });
    expect(row.grantId).not.toBe(connection.grantId);
    expect(refreshToken).toBeNull();
    expect(attempts).toMatchObject([
      { purpose: 'revoke', trigger: 'disconnect', outcome: 'revoked' },
      { purpose: 'introspect', trigger: 'verify', outcome: 'inactive' },
    ]);
    expect(audit).toMatchObject([
      { action: 'connection.disconnect', actorKind: 'person', personId: ctx.personId },
      { action: 'token.revoke', outcome: 'done', details: { verified: 'introspection' } },
    ]);
    await expect(source.current()).rejects.toMatchObject({ code: 'GRANT_DISCONNECTED' });
    expect(await listConnections(ctx)).toEqual([]);
    expect((await requireConnection(ctx, connection.id)).health).toBe('disconnected');
  });

  it('changes nothing the second time', async () => {
    const { endpoint, connection, ctx } = await connected();
    await Promise.all([disconnectConnection(ctx, connection.id), disconnectConnection(ctx, connection.id)]);
    await disconnectConnection(ctx, connection.id);
    await retryRevocation(ctx, connection.id);
    expect(endpoint.revokes).toBe(1);
  });

  it('does not know the connection of another person', async () => {
    const { connection } = await connected();
    const stranger = await makeContext('admin');
    await expect(disconnectConnection(stranger, connection.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(retryRevocation(stranger, connection.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await readStored(connection.id)).row.state).toBe('idle');
  });

  it.each(['drop', 'http-503'] as const)(
    'says so when Salesforce does not confirm (%s), and can be asked again',
    async (fault) => {
      const { endpoint, connection, ctx } = await connected();
      endpoint.revokeFaults.push(fault, fault);
      await disconnectConnection(ctx, connection.id);
      expect(await requireConnection(ctx, connection.id)).toMatchObject({
        revocation: 'unconfirmed',
        health: 'disconnected',
        problem: { code: 'REVOCATION_UNCONFIRMED' },
      });
      expect(await listConnections(ctx)).toHaveLength(1);
      await expect(retryRevocation(ctx, connection.id)).rejects.toMatchObject({
        code: 'REVOCATION_UNCONFIRMED',
      });
      await retryRevocation(ctx, connection.id);
      expect(await requireConnection(ctx, connection.id)).toMatchObject({
        revocation: 'confirmed',
        problem: null,
      });
      expect(endpoint.liveGrants).toBe(0);
      const { audit } = await readStored(connection.id);
      expect(audit.map((entry) => entry.outcome)).toEqual(['done', 'failed', 'failed', 'done']);
    },
  );

  it('shows that it is revoking while Salesforce is slow', async () => {
    setPolicy({ callerWaitMs: 50 });
    const { endpoint, connection, ctx } = await connected();
    const answer = gate();
    endpoint.beforeRevoke = () => answer.opened;
    await disconnectConnection(ctx, connection.id);
    expect((await requireConnection(ctx, connection.id)).health).toBe('revoking');
    await retryRevocation(ctx, connection.id);
    answer.open();
    await settled();
    expect((await requireConnection(ctx, connection.id)).revocation).toBe('confirmed');
    expect(endpoint.revokes).toBe(1);
  });

  it('reads as unconfirmed when the process that revoked is gone', async () => {
    const { connection, ctx, endpoint } = await connected();
    await withSystem('test', (tx) =>
      tx
        .update(connections)
        .set({ state: 'disconnecting', revocation: 'pending', leaseUntil: new Date(Date.now() - 1_000) })
        .where(eq(connections.id, connection.id)),
    );
    expect(await requireConnection(ctx, connection.id)).toMatchObject({
      revocation: 'unconfirmed',
      problem: { code: 'REVOCATION_UNCONFIRMED' },
    });
    await retryRevocation(ctx, connection.id);
    expect(endpoint.liveGrants).toBe(0);
  });

  it('cannot revoke what does not open', async () => {
    const { connection, ctx } = await connected();
    await withSystem('test', (tx) =>
      tx
        .update(connectionSecrets)
        .set({ refreshToken: 'x' })
        .where(eq(connectionSecrets.connectionId, connection.id)),
    );
    await disconnectConnection(ctx, connection.id);
    expect((await requireConnection(ctx, connection.id)).problem?.salesforce?.error).toBe(
      'VAULT_VALUE_DAMAGED',
    );
  });
});

describe('disconnecting during a refresh', () => {
  it('leaves the revocation to whoever lands the answer', async () => {
    const { endpoint, connection, ctx, answer, call } = await refreshInFlight();
    await disconnectConnection(ctx, connection.id);
    expect((await requireConnection(ctx, connection.id)).health).toBe('revoking');
    expect(endpoint.revokes).toBe(0);
    answer.open();
    expect(await call).toMatchObject({ code: 'GRANT_DISCONNECTED' });
    expect(endpoint).toMatchObject({ liveGrants: 0, violations: [], revokes: 1 });
    expect((await readStored(connection.id)).row).toMatchObject({
      state: 'disconnected',
      revocation: 'confirmed',
    });
  });

  it('revokes the unspent token when Salesforce asked to come later', async () => {
    const { endpoint, connection, ctx, source } = await connected();
    const claimed = gate();
    const answer = gate();
    endpoint.expireAccessTokens();
    const handle = endpoint.handle.bind(endpoint);
    endpoint.handle = async (request, response) => {
      if (request.url.pathname.endsWith('/token')) {
        claimed.open();
        await answer.opened;
      }
      await handle(request, response);
    };
    endpoint.faults.push('json-503');
    const call = callThrough(endpoint, source).catch((error: unknown) => error);
    await claimed.opened;
    await disconnectConnection(ctx, connection.id);
    answer.open();
    expect(await call).toMatchObject({ code: 'GRANT_DISCONNECTED' });
    expect(endpoint).toMatchObject({ liveGrants: 0, violations: [], revokes: 1 });
  });

  it('sends nothing when the answer was lost', async () => {
    const { endpoint, connection, ctx, source } = await connected();
    endpoint.expireAccessTokens();
    endpoint.faults.push('drop-after');
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: 'GRANT_OUTCOME_UNKNOWN' });
    await disconnectConnection(ctx, connection.id);
    expect((await readStored(connection.id)).row).toMatchObject({
      state: 'disconnected',
      revocation: 'unconfirmed',
      problemCode: 'REVOCATION_UNCONFIRMED',
    });
    await expect(retryRevocation(ctx, connection.id)).rejects.toMatchObject({
      code: 'REVOCATION_UNCONFIRMED',
    });
    expect(endpoint).toMatchObject({ revokes: 0, violations: [] });
  });

  it('has nothing to revoke when Salesforce has ended the grant', async () => {
    const { endpoint, connection, ctx, source } = await connected();
    endpoint.expireAccessTokens();
    endpoint.faults.push('expired');
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: 'GRANT_ENDED' });
    await disconnectConnection(ctx, connection.id);
    const { row, refreshToken } = await readStored(connection.id);
    expect(row).toMatchObject({ state: 'disconnected', revocation: 'none', problemCode: null });
    expect(refreshToken).toBeNull();
    expect(endpoint.revokes).toBe(0);
  });

  it('revokes an answer that lands after the disconnect was given up', async () => {
    const { endpoint, connection, ctx, answer, call } = await refreshInFlight();
    await disconnectConnection(ctx, connection.id);
    await withSystem('test', (tx) =>
      tx
        .update(connections)
        .set({ leaseUntil: new Date(0) })
        .where(eq(connections.id, connection.id)),
    );
    await expect(retryRevocation(ctx, connection.id)).rejects.toMatchObject({
      code: 'REVOCATION_UNCONFIRMED',
    });
    answer.open();
    await call;
    expect(endpoint).toMatchObject({ liveGrants: 0, violations: [] });
    expect((await readStored(connection.id)).row).toMatchObject({
      state: 'disconnected',
      revocation: 'confirmed',
    });
  });
});
