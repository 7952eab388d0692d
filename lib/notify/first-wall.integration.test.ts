import { expect, it, vi } from 'vitest';
import { withSystem } from '@/db/client';
import { notifications } from '@/db/schema';
import { setKeepAlive } from '@/lib/connections/keep-alive/commands';
import { dismissNotice } from '@/lib/notify/commands';
import { listNotices } from '@/lib/notify/queries';
import { raiseNotices } from '@/lib/notify/raise';
import { makeConnection, makeContext, makeEnvironment } from '@/tests/factories';

// Row-level security is switched off here: the code must keep people apart by itself.
vi.mock('@/db/client', async (original) => {
  const actual = await original<typeof import('@/db/client')>();
  const passing = (_: unknown, fn: Parameters<typeof actual.withSystem>[1]) =>
    actual.withSystem('no second wall', fn);
  return { ...actual, withActor: passing, withCustody: passing };
});

it('keeps people’s notices and switches apart without the second wall', async () => {
  const [ctx, stranger] = [await makeContext(), await makeContext('admin')];
  const environment = await makeEnvironment();
  const owner = { ownerId: ctx.personId, environmentId: environment.id };
  const connection = await makeConnection(owner, { state: 'needs_reconnect', problemAt: new Date() });
  await withSystem('test', (tx) => raiseNotices(tx, null));
  expect(await listNotices(stranger)).toEqual([]);
  const [notice] = await listNotices(ctx);
  await expect(dismissNotice(stranger, notice?.id ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(setKeepAlive(stranger, connection.id, false)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const [row] = await withSystem('test', (tx) => tx.select().from(notifications));
  expect(row).toMatchObject({ id: notice?.id, personId: ctx.personId, readAt: null });
});
