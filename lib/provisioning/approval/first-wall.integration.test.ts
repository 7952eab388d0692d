import { expect, it, vi } from 'vitest';
import { withSystem } from '@/db/client';
import { approvalRequests } from '@/db/schema';
import { listNotices } from '@/lib/notify/queries';
import { createApprovalRequest, renewApproval, withdrawApproval } from '@/lib/provisioning/approval/commands';
import { noteInstalled } from '@/lib/provisioning/approval/mark-done';
import { listOwnApprovals } from '@/lib/provisioning/approval/queries';
import { makeContext, makeEnvironment, systemContext } from '@/tests/factories';

// Row-level security is switched off here: the code must keep people apart by itself.
vi.mock('@/db/client', async (original) => {
  const actual = await original<typeof import('@/db/client')>();
  const passing = (_: unknown, fn: Parameters<typeof actual.withSystem>[1]) =>
    actual.withSystem('no second wall', fn);
  return { ...actual, withActor: passing, withCustody: passing };
});

it('keeps people’s requests apart without the second wall', async () => {
  const [ctx, stranger] = [await makeContext(), await makeContext('admin')];
  const { id: environmentId, slug } = await makeEnvironment();
  await createApprovalRequest(ctx, { environmentSlug: slug });
  const [own] = await listOwnApprovals(ctx);
  const id = own?.id ?? '';
  expect(await listOwnApprovals(stranger)).toEqual([]);
  await expect(renewApproval(stranger, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(withdrawApproval(stranger, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await noteInstalled(systemContext(), environmentId);
  expect(await listNotices(stranger)).toEqual([]);
  expect(await listNotices(ctx)).toHaveLength(1);
  const [row] = await withSystem('test', (tx) => tx.select().from(approvalRequests));
  expect(row).toMatchObject({ id, personId: ctx.personId, endedAt: null, doneBy: 'doctor' });
});
