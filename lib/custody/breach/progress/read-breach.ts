import { and, asc, eq, isNotNull } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { breaches, breachGrants } from '@/db/schema/custody';
import { readStandings } from '@/lib/custody/breach/progress/read-standings';
import type { Breach, BreachCounts, BreachGrant } from '@/lib/custody/breach/types';

const DAY_MS = 24 * 3_600_000;

/**
 * A breach with its grants: what is written down of those that are settled, and what the rows say now of the others. Null:
 * there is none of this id. In a custody read.
 */
export async function readBreach(tx: Tx, id: string): Promise<Breach | null> {
  const [row] = await tx.select().from(breaches).where(eq(breaches.id, id));
  if (!row) return null;
  const settled = await tx
    .select()
    .from(breachGrants)
    .where(and(eq(breachGrants.breachId, id), isNotNull(breachGrants.outcome)))
    .orderBy(asc(breachGrants.environmentName), asc(breachGrants.username), asc(breachGrants.subjectId));
  const standings = await readStandings(tx, id);
  const grants = [
    ...standings.map(({ grant, ...now }) => ({ ...toGrant({ ...grant, ...now }), nextAt: iso(now.nextAt) })),
    ...settled.map((grant) => toGrant(grant)),
  ].sort((one, other) => rankOf(one) - rankOf(other));
  const { scope, scopeId, scopeName, reason, startedBy, startedByName, endsSessions, sessionsEnded } = row;
  const { startedAt, finishedAt, backupsUntil } = row;
  const countedFrom = finishedAt ?? startedAt;
  return {
    id,
    kind: scope,
    scopeId,
    scopeName,
    reason,
    startedBy,
    startedByName,
    endsSessions,
    sessionsEnded,
    startedAt: startedAt.toISOString(),
    finishedAt: iso(finishedAt),
    backupDays:
      backupsUntil === null ? null : Math.round((backupsUntil.getTime() - countedFrom.getTime()) / DAY_MS),
    backupsUntil: finishedAt === null ? null : iso(backupsUntil),
    counts: countUp(grants),
    grants,
  };
}

type GrantRow = typeof breachGrants.$inferSelect;

function toGrant(row: GrantRow): BreachGrant {
  const { kind, subjectId, grantId, ownerName, environmentName, orgId, username, scopes } = row;
  const { outcome, proof, error } = row;
  const whose = { ownerName, environmentName, orgId, username, scopes };
  const when = { endedAt: iso(row.endedAt), forgottenAt: iso(row.forgottenAt), nextAt: null };
  return { kind, id: subjectId, grantId, ...whose, outcome, proof, error, ...when };
}

/** What needs somebody stands first, what has ended last. */
function rankOf({ outcome, nextAt }: BreachGrant): number {
  if (outcome === 'unsendable' || outcome === 'gave_up') return 0;
  if (outcome === null) return nextAt === null ? 2 : 1;
  return 3;
}

function countUp(grants: BreachGrant[]): BreachCounts {
  const having = (fits: (grant: BreachGrant) => boolean) => grants.filter(fits).length;
  return {
    grants: grants.length,
    confirmed: having(({ outcome }) => outcome === 'confirmed'),
    ended: having(({ outcome }) => outcome === 'ended'),
    unsendable: having(({ outcome }) => outcome === 'unsendable'),
    gaveUp: having(({ outcome }) => outcome === 'gave_up'),
    revoking: having(({ outcome, nextAt }) => outcome === null && nextAt === null),
    waiting: having(({ outcome, nextAt }) => outcome === null && nextAt !== null),
  };
}

function iso(instant: Date | null): string | null {
  return instant?.toISOString() ?? null;
}
