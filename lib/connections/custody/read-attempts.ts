import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { auditLog } from '@/db/schema/audit';
import { connections, refreshAttempts } from '@/db/schema/connections';
import { isConnectionId } from '@/lib/connections/queries';
import type { AttemptPage, TokenAttempt, TokenEvent } from '@/lib/connections/types';

const PAGE_SIZE = 20;

/** Not Salesforce's words: what Orgdock wrote down where no answer came. */
const LOST = 'answer_lost';

/**
 * The attempts of a connection that the transaction may see, the newest first. `olderThan` is the `older` of the
 * page before; one that is not of this connection gives nothing.
 */
export async function readAttempts(
  tx: Tx,
  connectionId: string,
  olderThan: string | null,
): Promise<AttemptPage> {
  if (olderThan !== null && !isConnectionId(olderThan)) return { attempts: [], older: null };
  const rows = await tx
    .select({
      attempt: refreshAttempts,
      durationMs: sql<
        number | null
      >`extract(epoch FROM ${refreshAttempts.finishedAt} - ${refreshAttempts.claimedAt}) * 1000`,
      ofThisGrant: eq(refreshAttempts.grantId, connections.grantId) as SQL<boolean>,
    })
    .from(refreshAttempts)
    .innerJoin(connections, eq(connections.id, refreshAttempts.connectionId))
    .where(
      and(eq(refreshAttempts.connectionId, connectionId), olderThan === null ? undefined : before(olderThan)),
    )
    .orderBy(desc(refreshAttempts.claimedAt), desc(refreshAttempts.id))
    .limit(PAGE_SIZE + 1);
  const attempts = rows.slice(0, PAGE_SIZE).map(toAttempt);
  return { attempts, older: rows.length > PAGE_SIZE ? (attempts.at(-1)?.id ?? null) : null };
}

/** Adds what successful refreshes showed of the org; their audit rows keep it. */
export async function addEvents(tx: Tx, connectionId: string, page: AttemptPage): Promise<AttemptPage> {
  const landed = page.attempts.filter(({ outcome }) => outcome === 'landed').map(({ id }) => id);
  if (landed.length === 0) return page;
  const attemptId = sql<string>`${auditLog.details} ->> 'attemptId'`;
  const rows = await tx
    .select({ attemptId, details: auditLog.details })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.subjectType, 'connection'),
        eq(auditLog.subjectId, connectionId),
        eq(auditLog.action, 'token.refresh'),
        sql`${auditLog.details} ? 'events'`,
        inArray(attemptId, landed),
      ),
    );
  const found = new Map(rows.map((row) => [row.attemptId, row.details.events as TokenEvent[]]));
  return { ...page, attempts: page.attempts.map((one) => ({ ...one, events: found.get(one.id) ?? [] })) };
}

function before(attemptId: string): SQL {
  return sql`(${refreshAttempts.claimedAt}, ${refreshAttempts.id}) < (SELECT b.claimed_at, b.id
    FROM orgdock.refresh_attempts b WHERE b.id = ${attemptId} AND b.connection_id = ${refreshAttempts.connectionId})`;
}

interface AttemptRow {
  attempt: typeof refreshAttempts.$inferSelect;
  durationMs: number | null;
  ofThisGrant: boolean;
}

function toAttempt({ attempt, durationMs, ofThisGrant }: AttemptRow): TokenAttempt {
  const { id, claimedAt, purpose, trigger, outcome, httpStatus, error, errorDescription, generation } =
    attempt;
  const ours = outcome === 'unsent' || error === LOST;
  return {
    id,
    at: claimedAt.toISOString(),
    purpose,
    trigger,
    outcome,
    durationMs: durationMs === null ? null : Math.round(Number(durationMs)),
    httpStatus,
    words:
      error === null ? null : { by: ours ? 'orgdock' : 'salesforce', error, description: errorDescription },
    generation,
    ofThisGrant,
    process: attempt.leaseOwner.split('/')[0] ?? '',
    events: [],
  };
}
