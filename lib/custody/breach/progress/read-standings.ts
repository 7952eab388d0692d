import { and, asc, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Tx } from '@/db/client';
import { auditLog } from '@/db/schema/audit';
import { connections, strayGrants } from '@/db/schema/connections';
import { breachGrants } from '@/db/schema/custody';
import { leaseIsLive } from '@/lib/connections/refresh/lease';
import { type GrantFacts, type Judgement, judgeGrant } from '@/lib/custody/breach/progress/judge-grant';
import type { BreachProof } from '@/lib/custody/breach/types';

type GrantRow = typeof breachGrants.$inferSelect;

/** A grant whose outcome is not written down yet, and what the rows say of it now. */
export interface Standing extends Judgement {
  grant: GrantRow;
  /** The connection still holds this very grant. */
  isHeld: boolean;
}

/**
 * How far the end of each grant of a breach has come whose outcome is not written down yet, from connections, stray
 * grants and the audit log: whoever revokes one need not know of the breach. For custody reads and the system.
 */
export async function readStandings(tx: Tx, breachId: string): Promise<Standing[]> {
  const grants = await tx
    .select()
    .from(breachGrants)
    .where(and(eq(breachGrants.breachId, breachId), isNull(breachGrants.outcome)));
  if (grants.length === 0) return [];
  const ids = grants.map(({ subjectId }) => subjectId);
  const holders = await readHolders(tx, ids);
  const strays = await readStrays(tx, ids);
  const ends = await readEnds(tx, breachId, [...ids, ...strays.map(({ connectionId }) => connectionId)]);
  const holderOf = new Map(holders.map((holder) => [holder.id, holder]));
  const strayOf = new Map(
    strays.flatMap((stray) => [
      [stray.id, stray],
      [keyOf(stray), stray],
    ]),
  );
  return grants.map((grant) => {
    const { kind, subjectId, grantId } = grant;
    const isConnection = kind === 'connection';
    const key = isConnection ? keyOf({ connectionId: subjectId, grantId }) : subjectId;
    const holder = isConnection ? holderOf.get(subjectId) : undefined;
    const isHeld = holder?.grantId === grantId;
    const facts: GrantFacts = {
      kind,
      holder: holder ? { ...holder, sameGrant: isHeld } : null,
      stray: strayOf.get(key) ?? null,
      revoked: ends.get(key) ?? null,
    };
    return { grant, isHeld, ...judgeGrant(facts) };
  });
}

function keyOf({ connectionId, grantId }: { connectionId: string; grantId: string }): string {
  return `${connectionId} ${grantId}`;
}

/** SQL: one parameter, however many there are. */
function isOneOf(column: PgColumn, values: string[]): SQL {
  return sql`${column}::text = ANY(${sql.param(values)}::text[])`;
}

function readHolders(tx: Tx, ids: string[]) {
  return tx
    .select({
      id: connections.id,
      grantId: connections.grantId,
      state: connections.state,
      revocation: connections.revocation,
      tries: connections.revocationTries,
      nextAt: connections.revocationNextAt,
      atWork: leaseIsLive,
      error: connections.problemError,
      description: connections.problemDescription,
    })
    .from(connections)
    .where(sql`${connections.id} = ANY(${sql.param(ids)}::uuid[])`);
}

/** Stray grants by their own id, and what the grants of connections became. */
function readStrays(tx: Tx, ids: string[]) {
  return tx
    .select({
      id: strayGrants.id,
      connectionId: strayGrants.connectionId,
      grantId: strayGrants.grantId,
      outcome: strayGrants.outcome,
      finishedAt: strayGrants.finishedAt,
      nextAt: strayGrants.nextAt,
      atWork: sql<boolean>`coalesce(${strayGrants.leaseUntil} > orgdock.now(), false)`,
      error: strayGrants.error,
      description: strayGrants.errorDescription,
    })
    .from(strayGrants)
    .where(
      or(sql`${strayGrants.id} = ANY(${sql.param(ids)}::uuid[])`, isOneOf(strayGrants.connectionId, ids)),
    )
    .orderBy(asc(strayGrants.createdAt));
}

/** Every end of a grant since the breach that the audit log tells of, by connection and grant, or by the stray grant. */
async function readEnds(
  tx: Tx,
  breachId: string,
  subjectIds: string[],
): Promise<Map<string, GrantFacts['revoked']>> {
  const rows = await tx
    .select({
      connectionId: auditLog.subjectId,
      at: auditLog.at,
      grantId: sql<string>`${auditLog.details}->>'grantId'`,
      strayId: sql<string | null>`${auditLog.details}->>'strayId'`,
      proof: sql<BreachProof | null>`${auditLog.details}->>'verified'`,
    })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.subjectType, 'connection'),
        isOneOf(auditLog.subjectId, subjectIds),
        eq(auditLog.action, 'token.revoke'),
        eq(auditLog.outcome, 'done'),
        // A log of years is not read at every look: nothing of the scope had ended before.
        sql`${auditLog.at} >= (SELECT b.started_at FROM orgdock.breaches b WHERE b.id = ${breachId})`,
      ),
    );
  return new Map(
    rows.flatMap(({ strayId, at, proof, ...grant }) => {
      const end = { at, proof };
      const byGrant: [string, GrantFacts['revoked']] = [keyOf(grant), end];
      return strayId === null ? [byGrant] : [byGrant, [strayId, end]];
    }),
  );
}
