import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { auditLog, environments } from '@/db/schema';
import type { PersonContext } from '@/lib/context';
import { listEnvironments } from '@/lib/environments/queries';
import { makeContext, makeEnvironment } from '@/tests/factories';
import { moveEnvironment } from './commands';

let ctx: PersonContext;

beforeEach(async () => {
  await withSystem('test', (tx) => tx.delete(environments));
  for (const name of ['A', 'B', 'C']) await makeEnvironment({ slug: name.toLowerCase(), name });
  ctx = await makeContext('admin');
});

const order = async () => (await listEnvironments(ctx)).map(({ slug }) => slug).join('');

describe('moveEnvironment', () => {
  it('moves one place at a time, stops at the ends, and audits each rank that changes', async () => {
    await moveEnvironment(ctx, { slug: 'c', direction: 'up' });
    expect(await order()).toBe('acb');
    await moveEnvironment(ctx, { slug: 'c', direction: 'up' });
    await moveEnvironment(ctx, { slug: 'c', direction: 'up' });
    expect(await order()).toBe('cab');
    await moveEnvironment(ctx, { slug: 'c', direction: 'down' });
    expect(await order()).toBe('acb');
    const [c] = (await listEnvironments(ctx)).filter(({ slug }) => slug === 'c');
    const audit = (await withSystem('test', (tx) => tx.select().from(auditLog))).filter(
      ({ subjectId }) => subjectId === c?.id,
    );
    expect(audit.map(({ action, details }) => [action, details])).toEqual([
      ['environment.update', { before: { rank: 0 }, after: { rank: 1 }, secretChanged: false }],
      ['environment.update', { before: { rank: 1 }, after: { rank: 0 }, secretChanged: false }],
      ['environment.update', { before: { rank: 0 }, after: { rank: 1 }, secretChanged: false }],
    ]);
  });

  it('takes two moves at once one after the other', async () => {
    await Promise.all([
      moveEnvironment(ctx, { slug: 'c', direction: 'up' }),
      moveEnvironment(ctx, { slug: 'a', direction: 'down' }),
    ]);
    expect(['cab', 'bca']).toContain(await order());
    expect(new Set((await listEnvironments(ctx)).map(({ rank }) => rank))).toEqual(new Set([0, 1, 2]));
  });

  it('denies everybody but administrators, and knows no environment that is not there', async () => {
    for (const role of ['member', 'auditor'] as const) {
      await expect(
        moveEnvironment(await makeContext(role), { slug: 'a', direction: 'down' }),
      ).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    await expect(moveEnvironment(ctx, { slug: 'z', direction: 'up' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
