import { expect, it, vi } from 'vitest';
import { disconnectConnection } from '@/lib/connections/commands';
import { getConnection, listConnections } from '@/lib/connections/queries';
import { makeConnected, readStored } from '@/tests/connected';
import { makeContext } from '@/tests/factories';
import { startTokenEndpoint } from '@/tests/token-endpoint';

// Row-level security is switched off here: the queries must keep people apart by themselves.
vi.mock('@/db/client', async (original) => {
  const actual = await original<typeof import('@/db/client')>();
  return {
    ...actual,
    withActor: (_: unknown, fn: Parameters<typeof actual.withSystem>[1]) =>
      actual.withSystem('no second wall', fn),
  };
});

it('keeps people’s connections apart without the second wall', async () => {
  const { connection, ctx } = await makeConnected(await startTokenEndpoint());
  const stranger = await makeContext('admin');
  expect(await getConnection(stranger, connection.id)).toBeNull();
  expect(await listConnections(stranger)).toEqual([]);
  await expect(disconnectConnection(stranger, connection.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await readStored(connection.id)).row.state).toBe('idle');
  expect(await getConnection(ctx, connection.id)).toMatchObject({ id: connection.id });
});
