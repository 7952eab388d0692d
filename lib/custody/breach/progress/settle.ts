import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { breaches, breachGrants } from '@/db/schema/custody';
import { appendAudit } from '@/lib/audit/append';
import { forgetGrant } from '@/lib/connections/revocation/forget/forget-grant';
import type { SystemContext } from '@/lib/context';
import { lockBreaches } from '@/lib/custody/breach/breach-lock';
import { readStandings, type Standing } from '@/lib/custody/breach/progress/read-standings';

const settling: SystemContext = { kind: 'system', reason: 'breach', request: null };

type BreachRow = typeof breaches.$inferSelect;

/**
 * Writes down what has become of the grants of every unfinished breach, deletes the sealed tokens of those that nobody
 * tries to revoke any more, and finishes a breach when nothing of it is open. For whoever has revoked some of them, and
 * for a job: it may run in any number of processes, at any time. Throws UNAVAILABLE.
 */
export async function settleBreaches(): Promise<void> {
  await withSystem('breach', async (tx) => {
    await lockBreaches(tx);
    await followLateAnswers(tx);
    const open = await tx
      .select()
      .from(breaches)
      .where(isNull(breaches.finishedAt))
      .orderBy(asc(breaches.startedAt));
    for (const breach of open) await settle(tx, breach);
  });
}

async function settle(tx: Tx, breach: BreachRow): Promise<void> {
  let open = 0;
  for (const standing of await readStandings(tx, breach.id)) {
    if (standing.outcome === null || !(await isForgotten(tx, standing))) open += 1;
    else await writeDown(tx, standing);
  }
  if (open === 0) await finish(tx, breach);
}

/** The tokens of a grant that has ended went with its end; those of another are deleted now. */
async function isForgotten(tx: Tx, { grant, isHeld }: Standing): Promise<boolean> {
  if (!isHeld) return true;
  return await forgetGrant(tx, {
    connectionId: grant.subjectId,
    grantId: grant.grantId,
    why: 'breach: nobody tries to revoke it any more',
  });
}

async function writeDown(tx: Tx, { grant, outcome, proof, error, endedAt }: Standing): Promise<void> {
  const hasEnded = outcome === 'confirmed' || outcome === 'ended';
  await tx
    .update(breachGrants)
    .set({
      outcome,
      proof,
      error,
      endedAt: hasEnded ? (endedAt ?? databaseNow) : null,
      forgottenAt: endedAt ?? databaseNow,
    })
    .where(
      and(
        eq(breachGrants.breachId, grant.breachId),
        eq(breachGrants.kind, grant.kind),
        eq(breachGrants.subjectId, grant.subjectId),
      ),
    );
}

async function finish(tx: Tx, { id, startedAt, backupsUntil }: BreachRow): Promise<void> {
  // Backups of today still hold what was deleted today: the days count from the end.
  const keptMs = backupsUntil === null ? null : backupsUntil.getTime() - startedAt.getTime();
  const until = keptMs === null ? null : sql`orgdock.now() + ${keptMs} * interval '1 millisecond'`;
  const [row] = await tx
    .update(breaches)
    .set({ finishedAt: databaseNow, backupsUntil: until })
    .where(eq(breaches.id, id))
    .returning({ backupsUntil: breaches.backupsUntil });
  const count = (outcome: string) =>
    tx.$count(breachGrants, and(eq(breachGrants.breachId, id), sql`${breachGrants.outcome} = ${outcome}`));
  await appendAudit(tx, settling, {
    action: 'breach.finish',
    subjectId: id,
    details: {
      confirmed: await count('confirmed'),
      ended: await count('ended'),
      unsendable: await count('unsendable'),
      gaveUp: await count('gave_up'),
      backupsUntil: row?.backupsUntil?.toISOString() ?? null,
    },
  });
}

/**
 * A refresh that was under way may be answered after its grant was written off: its tokens are revoked all the same, and
 * while they wait for that, sealed, the grant is open again and its breach has not finished.
 */
async function followLateAnswers(tx: Tx): Promise<void> {
  await tx.execute(sql`
    WITH late AS (
      UPDATE orgdock.breach_grants g
         SET outcome = NULL, proof = NULL, error = NULL, ended_at = NULL, forgotten_at = NULL
        FROM orgdock.breaches b, orgdock.stray_grants s
       WHERE b.id = g.breach_id AND b.started_at > (SELECT orgdock.now()) - interval '30 days'
         AND g.kind = 'connection' AND g.outcome IN ('unsendable', 'gave_up')
         AND s.connection_id = g.subject_id::text AND s.grant_id = g.grant_id AND s.finished_at IS NULL
      RETURNING g.breach_id)
    UPDATE orgdock.breaches
       SET finished_at = NULL, backups_until = backups_until - (finished_at - started_at)
     WHERE id IN (SELECT breach_id FROM late) AND finished_at IS NOT NULL`);
  await tx.execute(sql`
    UPDATE orgdock.breach_grants g
       SET outcome = 'confirmed', proof = a.details->>'verified', error = NULL, ended_at = a.at
      FROM orgdock.breaches b, orgdock.audit_log a
     WHERE b.id = g.breach_id AND b.started_at > (SELECT orgdock.now()) - interval '30 days'
       AND g.kind = 'connection' AND g.outcome IN ('unsendable', 'gave_up')
       AND a.subject_type = 'connection' AND a.subject_id = g.subject_id::text
       AND a.action = 'token.revoke' AND a.outcome = 'done' AND a.at >= b.started_at
       AND a.details->>'grantId' = g.grant_id::text AND a.details->>'verified' IS NOT NULL`);
}
