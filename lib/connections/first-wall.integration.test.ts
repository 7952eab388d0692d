import { expect, it, vi } from 'vitest';
import { withSystem } from '@/db/client';
import { connectionShares } from '@/db/schema/connections';
import { disconnectConnection } from '@/lib/connections/commands';
import { getConnection, listConnections } from '@/lib/connections/queries';
import { makeConnected, readStored } from '@/tests/connected';
import { makeConnection, makeContext } from '@/tests/factories';
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

it('keeps service connections for those whom they are shared with, without the second wall', async () => {
  const { environment } = await makeConnected(await startTokenEndpoint());
  const shared = { flow: 'client_credentials', name: 'Reporting' } as const;
  const owner = { ownerId: null, environmentId: environment.id };
  const { id } = await makeConnection(owner, shared);
  const forAll = await makeConnection(owner, { ...shared, sharedWithEveryone: true });
  const [member, stranger] = [await makeContext(), await makeContext('admin')];
  await withSystem('test', (tx) =>
    tx.insert(connectionShares).values({ connectionId: id, personId: member.personId }),
  );
  expect((await listConnections(stranger)).map((one) => one.id)).toEqual([forAll.id]);
  expect(await getConnection(stranger, id)).toBeNull();
  expect(await getConnection(member, id)).toMatchObject({ id, service: { name: 'Reporting' } });
});
