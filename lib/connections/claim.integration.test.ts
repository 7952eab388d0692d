import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { connections, environmentSecrets } from '@/db/schema';
import { registry } from '@/lib/registry';
import { claim, makeConnected, readStored } from '@/tests/connected';
import { startTokenEndpoint } from '@/tests/token-endpoint';

async function connected() {
  const endpoint = await startTokenEndpoint();
  const { connection, environment } = await makeConnected(endpoint);
  const version = {
    connectionId: connection.id,
    grantId: connection.grantId,
    generation: connection.generation,
  };
  return { endpoint, connection, environment, version };
}

describe('claimRefresh', () => {
  it('gives one of many the right to send, with the app of the connection', async () => {
    const { endpoint, version } = await connected();
    const claims = (await Promise.all([1, 2, 3, 4].map(() => claim(version)))).filter(Boolean);
    expect(claims).toHaveLength(1);
    expect(claims[0]).toMatchObject({ fence: 1, app: { ...endpoint.app, previousSecret: null } });
    expect(claims[0]?.lease.mayStillSend()).toBe(true);
    registry().draining = true;
    expect(claims[0]?.lease.mayStillSend()).toBe(false);
    registry().draining = false;
  });

  it.each([
    ['another generation', { generation: 2 }],
    ['an older generation', { generation: 0 }],
    ['another grant', { grantId: randomUUID() }],
    ['another connection', { connectionId: randomUUID() }],
  ])('gives nothing for %s', async (_, changes) => {
    const { version, connection } = await connected();
    expect(await claim({ ...version, ...changes })).toBeNull();
    expect(await readStored(connection.id)).toMatchObject({ row: { state: 'idle', fence: 0 }, attempts: [] });
  });

  it.each(['refreshing', 'uncertain', 'needs_reconnect', 'disconnecting', 'disconnected'] as const)(
    'gives nothing while the connection is %s',
    async (state) => {
      const { version, connection } = await connected();
      await withSystem('test', (tx) =>
        tx.update(connections).set({ state }).where(eq(connections.id, connection.id)),
      );
      expect(await claim(version)).toBeNull();
    },
  );

  it('is not taken when the app’s secret does not open', async () => {
    const { version, connection, environment } = await connected();
    await withSystem('test', (tx) =>
      tx
        .update(environmentSecrets)
        .set({ consumerSecret: 'damaged' })
        .where(eq(environmentSecrets.environmentId, environment.id)),
    );
    await expect(claim(version)).rejects.toMatchObject({ code: 'VAULT_VALUE_DAMAGED' });
    await Promise.all(registry().unfinished);
    expect(await readStored(connection.id)).toMatchObject({ row: { state: 'idle', fence: 0 }, attempts: [] });
  });
});
