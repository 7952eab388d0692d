import { randomUUID } from 'node:crypto';
import { inArray, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { refreshAttempts, sessions, strayGrants } from '@/db/schema';
import { sweepRetention } from '@/lib/jobs/retention';
import { type ConnectionRow, makeConnection, makeContext, makeEnvironment } from '@/tests/factories';

const daysAgo = (days: number) => sql`orgdock.now() - ${days} * interval '24 hours'`;

async function makeAttempt(
  connection: ConnectionRow,
  days: number,
  version: { grantId?: string; generation?: number } = {},
): Promise<string> {
  const row = {
    connectionId: connection.id,
    purpose: 'refresh' as const,
    grantId: connection.grantId,
    generation: connection.generation,
    fence: 1,
    leaseOwner: 'test',
    claimedAt: daysAgo(days),
    ...version,
  };
  const [made] = await withSystem('test', (tx) => tx.insert(refreshAttempts).values(row).returning());
  return made?.id ?? '';
}

const remaining = async () =>
  (await withSystem('test', (tx) => tx.select({ id: refreshAttempts.id }).from(refreshAttempts))).map(
    ({ id }) => id,
  );

describe('the retention sweep', () => {
  it('deletes attempts after 90 days, but none that tells whether a stored token may be spent', async () => {
    const ctx = await makeContext();
    const environment = await makeEnvironment();
    const owner = { ownerId: ctx.personId, environmentId: environment.id };
    const connection = await makeConnection(owner, { state: 'uncertain', generation: 5 });
    const strayGrantId = randomUUID();
    await withSystem('test', (tx) =>
      tx.insert(strayGrants).values({
        connectionId: connection.id,
        environmentId: environment.id,
        grantId: strayGrantId,
        generation: 2,
        tokenHost: connection.tokenHost,
        clientId: connection.clientId,
        why: 'superseded',
      }),
    );
    const kept = [
      await makeAttempt(connection, 89, { generation: 4 }),
      await makeAttempt(connection, 400),
      await makeAttempt(connection, 400, { grantId: strayGrantId, generation: 2 }),
    ];
    await makeAttempt(connection, 91, { generation: 4 });
    await makeAttempt(connection, 91, { grantId: randomUUID() });
    await sweepRetention();
    expect((await remaining()).sort()).toEqual(kept.sort());
    await sweepRetention();
    expect(await remaining()).toHaveLength(3);
  });

  it('deletes jobs that failed for good a week ago, and no other', async () => {
    await withSystem('test', (tx) =>
      tx.execute(sql`
        SELECT graphile_worker.add_job('health', job_key => key, max_attempts => 1)
          FROM unnest(ARRAY['failed long ago', 'failed now', 'waits']) AS key`),
    );
    await withSystem('test', (tx) =>
      tx.execute(sql`
        UPDATE graphile_worker._private_jobs
           SET attempts = CASE WHEN key = 'waits' THEN 0 ELSE 1 END,
               updated_at = now() - interval '9 days',
               run_at = now() - CASE WHEN key = 'failed now' THEN interval '1 day' ELSE interval '8 days' END`),
    );
    await sweepRetention();
    const jobs = await withSystem('test', (tx) =>
      tx.execute(sql`SELECT key FROM graphile_worker.jobs ORDER BY id`),
    );
    expect(jobs.rows).toEqual([{ key: 'failed now' }, { key: 'waits' }]);
  });

  it('deletes a session 90 days after its end, and none that may still be used', async () => {
    const { personId } = await makeContext();
    const row = { personId, signedInVia: 'production' };
    const rows = [
      { ...row, expiresAt: daysAgo(-1), endedAt: null },
      { ...row, expiresAt: daysAgo(-1), endedAt: daysAgo(89) },
      { ...row, expiresAt: daysAgo(89), endedAt: null },
      { ...row, expiresAt: daysAgo(80), endedAt: daysAgo(91) },
      { ...row, expiresAt: daysAgo(91), endedAt: null },
    ];
    const made = await withSystem('test', (tx) => tx.insert(sessions).values(rows).returning());
    await sweepRetention();
    const left = await withSystem('test', (tx) =>
      tx
        .select({ id: sessions.id })
        .from(sessions)
        .where(
          inArray(
            sessions.id,
            made.map(({ id }) => id),
          ),
        ),
    );
    expect(left.map(({ id }) => id).sort()).toEqual(
      made
        .slice(0, 3)
        .map(({ id }) => id)
        .sort(),
    );
  });
});
