import { randomUUID } from 'node:crypto';
import { eq, inArray, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import {
  appDeployments,
  approvalRequests,
  connectLinks,
  environmentChecks,
  refreshAttempts,
  sessions,
  strayGrants,
} from '@/db/schema';
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

const idsOf = (rows: Array<{ id: string }>) => rows.map(({ id }) => id).sort();

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

  it('keeps the newest 20 checks of each environment', async () => {
    const [often, seldom] = [await makeEnvironment(), await makeEnvironment()];
    const checkOf = ({ id }: { id: string }, days: number) => ({
      environmentId: id,
      startedAt: daysAgo(days),
      state: 'green' as const,
      results: [],
    });
    const rows = [
      ...Array.from({ length: 22 }, (_, index) => checkOf(often, 22 - index)),
      checkOf(seldom, 800),
    ];
    const made = await withSystem('test', (tx) => tx.insert(environmentChecks).values(rows).returning());
    await sweepRetention();
    const left = await withSystem('test', (tx) =>
      tx
        .select({ id: environmentChecks.id })
        .from(environmentChecks)
        .where(inArray(environmentChecks.environmentId, [often.id, seldom.id])),
    );
    expect(idsOf(left)).toEqual(idsOf(made.slice(2)));
  });

  it('deletes a request for approval 90 days after its end, and none that still may be answered', async () => {
    const { personId } = await makeContext();
    const { id: environmentId } = await makeEnvironment();
    const requestOf = (expired: number, ended: number | null) => ({
      tokenHash: randomUUID(),
      environmentId,
      personId,
      createdAt: daysAgo(200),
      expiresAt: daysAgo(expired),
      endedAt: ended === null ? null : daysAgo(ended),
    });
    const rows = [
      requestOf(-1, null),
      requestOf(89, null),
      requestOf(100, 89),
      requestOf(91, null),
      requestOf(80, 91),
    ];
    const made = await withSystem('test', (tx) => tx.insert(approvalRequests).values(rows).returning());
    await sweepRetention();
    const left = await withSystem('test', (tx) =>
      tx
        .select({ id: approvalRequests.id })
        .from(approvalRequests)
        .where(eq(approvalRequests.environmentId, environmentId)),
    );
    expect(idsOf(left)).toEqual(idsOf(made.slice(0, 3)));
  });

  it('deletes a connect link 90 days after its end, and none that may still be used', async () => {
    const { personId: holderId } = await makeContext();
    const { id: environmentId } = await makeEnvironment();
    const linkOf = (expired: number, ends: { usedAt?: number; withdrawnAt?: number } = {}) => ({
      ...{ tokenHash: randomUUID(), holderId, environmentId, purpose: 'Nightly export' },
      createdAt: daysAgo(200),
      expiresAt: daysAgo(expired),
      ...Object.fromEntries(Object.entries(ends).map(([end, days]) => [end, daysAgo(days)])),
    });
    const rows = [
      linkOf(-1),
      linkOf(89),
      linkOf(88, { usedAt: 89 }),
      linkOf(91),
      linkOf(89, { usedAt: 91 }),
      linkOf(89, { withdrawnAt: 91 }),
    ];
    const made = await withSystem('test', (tx) => tx.insert(connectLinks).values(rows).returning());
    await sweepRetention();
    const left = await withSystem('test', (tx) =>
      tx.select({ id: connectLinks.id }).from(connectLinks).where(eq(connectLinks.holderId, holderId)),
    );
    expect(idsOf(left)).toEqual(idsOf(made.slice(0, 3)));
  });

  it('deletes a deployment a year after its end, but never the newest of an environment', async () => {
    const { personId } = await makeContext();
    const [busy, quiet] = [await makeEnvironment(), await makeEnvironment()];
    const deploymentOf = ({ id }: { id: string }, days: number, finished: boolean) => ({
      environmentId: id,
      startedBy: personId,
      state: finished ? ('succeeded' as const) : ('unknown' as const),
      startedAt: daysAgo(days),
      finishedAt: finished ? daysAgo(days) : null,
    });
    const rows = [
      deploymentOf(quiet, 900, true),
      deploymentOf(busy, 364, true),
      deploymentOf(busy, 500, false),
      deploymentOf(busy, 366, true),
      deploymentOf(quiet, 901, true),
    ];
    const made = await withSystem('test', (tx) => tx.insert(appDeployments).values(rows).returning());
    await sweepRetention();
    const left = await withSystem('test', (tx) =>
      tx
        .select({ id: appDeployments.id })
        .from(appDeployments)
        .where(inArray(appDeployments.environmentId, [busy.id, quiet.id])),
    );
    expect(idsOf(left)).toEqual(idsOf(made.slice(0, 3)));
  });
});
