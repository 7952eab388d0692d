import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { withSystem } from '@/db/client';
import { connectionSecrets, connections, refreshAttempts } from '@/db/schema';
import { callThrough, makeConnected } from './connected';
import { startTokenEndpoint } from './token-endpoint';

/** A connection that has been refreshed twice since a copy of its rows was made; `restore` puts the copy back. */
export async function backedUp() {
  const endpoint = await startTokenEndpoint();
  const connected = await makeConnected(endpoint);
  const { id } = connected.connection;
  const copy = await withSystem('test', async (tx) => ({
    row: (await tx.select().from(connections).where(eq(connections.id, id)))[0],
    secrets: (await tx.select().from(connectionSecrets).where(eq(connectionSecrets.connectionId, id)))[0],
  }));
  for (let round = 0; round < 2; round += 1) {
    endpoint.expireAccessTokens();
    expect(await callThrough(endpoint, connected.source)).toBe(true);
  }
  const restore = () =>
    withSystem('test', async (tx) => {
      if (!copy.row || !copy.secrets) throw new Error('no copy');
      await tx.delete(refreshAttempts).where(eq(refreshAttempts.connectionId, id));
      await tx.update(connections).set(copy.row).where(eq(connections.id, id));
      await tx.update(connectionSecrets).set(copy.secrets).where(eq(connectionSecrets.connectionId, id));
    });
  endpoint.expireAccessTokens();
  return { ...connected, endpoint, id, restore };
}
