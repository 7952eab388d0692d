import { and, asc, eq, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { connections, strayGrants } from '@/db/schema/connections';
import { stopwatch } from '@/lib/connections/refresh/clock';
import { leaseIsLive } from '@/lib/connections/refresh/lease';
import { forgetSecretsOfDeleted } from '@/lib/connections/revocation/forget/forget-secrets';
import { revocationPolicy } from '@/lib/connections/revocation/policy';
import { type OpenRevocation, workThrough } from '@/lib/connections/revocation/work-through';
import { registry } from '@/lib/registry';

/**
 * Tries every revocation again that is due: disconnects that no org has confirmed, or whose process is gone, and
 * stray grants. For a job that calls it once a minute in any number of processes: each row is claimed by one of
 * them. The secret of a deleted environment goes with its last grant. Ends after some 45 seconds or when nothing is due. Answers how many it tried. Throws UNAVAILABLE.
 */
export async function sweepRevocations(): Promise<number> {
  const { sweepMs } = revocationPolicy();
  const elapsed = stopwatch();
  const seen = new Set<string>();
  while (!registry().draining && elapsed() < sweepMs) {
    const due = (await withSystem('revocation sweep', readDue)).filter(({ id }) => !seen.has(id));
    if (due.length === 0) break;
    for (const { id } of due) seen.add(id);
    await workThrough(due, { why: 'tried again', trigger: 'retry' });
  }
  await withSystem('revocation sweep', forgetSecretsOfDeleted);
  return seen.size;
}

// A subquery, so that the time is asked once and the index serves.
const now = sql`(SELECT orgdock.now())`;

/** SQL: a connection that is disconnected and whose revocation is due, or has lost its process. */
const connectionIsDue = and(
  eq(connections.state, 'disconnecting'),
  sql`NOT ${leaseIsLive}`,
  or(
    lte(connections.revocationNextAt, now),
    and(
      isNull(connections.revocationNextAt),
      or(eq(connections.revocation, 'pending'), eq(connections.revocationTries, 0)),
    ),
  ),
);

const strayIsDue = and(
  isNull(strayGrants.finishedAt),
  lte(strayGrants.nextAt, now),
  sql`NOT coalesce(${strayGrants.leaseUntil} > ${now}, false)`,
);

async function readDue(tx: Tx): Promise<OpenRevocation[]> {
  const limit = revocationPolicy().sweepBatch;
  const due = await tx
    .select({ id: connections.id })
    .from(connections)
    .where(connectionIsDue)
    .orderBy(asc(connections.revocationNextAt))
    .limit(limit);
  const strays = await tx
    .select({ id: strayGrants.id })
    .from(strayGrants)
    .where(strayIsDue)
    .orderBy(asc(strayGrants.nextAt))
    .limit(limit);
  return [...due.map(asOpen('connection')), ...strays.map(asOpen('stray'))];
}

const asOpen =
  (kind: OpenRevocation['kind']) =>
  ({ id }: { id: string }): OpenRevocation => ({ kind, id });

/** Grants of a scope that are marked or queued and not ended yet, whenever they are due. */
export async function listOpenRevocations(
  tx: Tx,
  which: { connections: SQL | undefined; strays: SQL | undefined },
): Promise<OpenRevocation[]> {
  const marked = await tx
    .select({ id: connections.id })
    .from(connections)
    .where(and(which.connections, eq(connections.state, 'disconnecting')))
    .orderBy(asc(connections.id));
  const strays = await tx
    .select({ id: strayGrants.id })
    .from(strayGrants)
    .where(and(which.strays, isNull(strayGrants.finishedAt)))
    .orderBy(asc(strayGrants.id));
  return [...marked.map(asOpen('connection')), ...strays.map(asOpen('stray'))];
}
