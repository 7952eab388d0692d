import { rm } from 'node:fs/promises';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { connections, environments } from '@/db/schema';
import { disconnectConnection } from '@/lib/connections/commands';
import { markRestored } from '@/lib/connections/restore/mark-restored';
import { finishRevocation } from '@/lib/connections/revocation/revoke';
import { storeGrant } from '@/lib/connections/store-grant';
import { env } from '@/lib/env';
import { backedUp } from '@/tests/backed-up';
import { callThrough, forgetMemory, makeConnected, readStored, setPolicy, settled } from '@/tests/connected';
import { systemContext } from '@/tests/factories';
import { ORG_ID, startTokenEndpoint, USER_ID } from '@/tests/token-endpoint';

beforeEach(async () => {
  forgetMemory();
  setPolicy({ poll: { first: 10, longest: 10 }, callerWaitMs: 2_000 });
  await rm(path.join(env().ORGDOCK_DATA_DIR, 'watermarks'), { recursive: true, force: true });
});

describe('a disconnect in a restored database', () => {
  it('sends no token that was spent since, and says that the end is not confirmed', async () => {
    const { endpoint, id, restore, ctx } = await backedUp();
    await restore();
    await disconnectConnection(ctx, id);
    expect(endpoint).toMatchObject({ revokes: 0, introspectedConsumed: 1, violations: [], liveGrants: 1 });
    const { row, attempts, audit } = await readStored(id);
    expect(row).toMatchObject({
      state: 'disconnected',
      revocation: 'unconfirmed',
      problemCode: 'REVOCATION_UNCONFIRMED',
      problemDescription: expect.stringContaining('restored from a backup'),
    });
    expect(attempts.filter(({ purpose }) => purpose === 'revoke')).toMatchObject([{ outcome: 'unsent' }]);
    expect(audit.at(-1)).toMatchObject({ action: 'token.revoke', outcome: 'failed' });
  });

  it('revokes a token that Salesforce counts as active, after asking', async () => {
    const endpoint = await startTokenEndpoint();
    const { connection, ctx } = await makeConnected(endpoint);
    await markRestored(systemContext(), 'command');
    await disconnectConnection(ctx, connection.id);
    expect(endpoint).toMatchObject({ revokes: 1, liveGrants: 0, violations: [] });
    expect((await readStored(connection.id)).row).toMatchObject({ revocation: 'confirmed' });
  });

  it('waits while Salesforce cannot be asked', async () => {
    const { endpoint, id, restore, ctx } = await backedUp();
    await restore();
    endpoint.introspectionFaults.push('http-503');
    await disconnectConnection(ctx, id);
    expect((await readStored(id)).row).toMatchObject({
      state: 'disconnecting',
      revocation: 'unconfirmed',
      revocationNextAt: expect.any(Date),
    });
    await finishRevocation(id, 'tried again', 'retry');
    expect((await readStored(id)).row).toMatchObject({ state: 'disconnected', revocation: 'unconfirmed' });
    expect(endpoint).toMatchObject({ revokes: 0, violations: [] });
  });

  it.each([
    ['reconnect', 'generation', 0],
    ['reconnect', 'heartbeat', 1],
    ['one_try', 'generation', 1],
  ] as const)('where introspection cannot tell: %s, marked for %s', async (policy, verifyFirst, sent) => {
    const endpoint = await startTokenEndpoint();
    const { connection, environment, ctx } = await makeConnected(endpoint);
    await withSystem('test', async (tx) => {
      await tx
        .update(environments)
        .set({ introspection: false, uncertainPolicy: policy })
        .where(eq(environments.id, environment.id));
      await tx.update(connections).set({ verifyFirst }).where(eq(connections.id, connection.id));
    });
    await disconnectConnection(ctx, connection.id);
    expect(endpoint.revokes).toBe(sent);
  });
});

describe('a new consent in a restored database', () => {
  it('keeps the replaced token here, stands above all that was seen, and needs no verification', async () => {
    const { endpoint, id, restore, ctx, environment, source } = await backedUp();
    await restore();
    await withSystem('test', (tx) =>
      tx.update(environments).set({ introspection: false }).where(eq(environments.id, environment.id)),
    );
    const profile = { username: 'ada@acme.example', displayName: 'Ada Lovelace', email: null };
    const stored = await storeGrant(ctx, {
      environmentId: environment.id,
      app: endpoint.app,
      answer: endpoint.consent(),
      user: { orgId: ORG_ID, userId: USER_ID, ...profile, locale: 'en_US', timeZone: 'America/New_York' },
      ownerId: ctx.personId,
      mayPinOrg: false,
      reconnects: id,
    });
    expect(stored).toEqual({ connectionId: id, reconnected: true });
    await settled();
    expect(endpoint).toMatchObject({ revokes: 0, violations: [] });
    expect((await readStored(id)).row).toMatchObject({ generation: 4, verifyFirst: null, state: 'idle' });
    endpoint.expireAccessTokens();
    expect(await callThrough(endpoint, source)).toBe(true);
    expect(endpoint.introspections).toBe(0);
  });
});
