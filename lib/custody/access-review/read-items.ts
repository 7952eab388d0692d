import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { auditLog } from '@/db/schema/audit';
import { connections } from '@/db/schema/connections';
import { accessReviewItems } from '@/db/schema/custody';
import { standing } from '@/lib/custody/access-review/standing';
import type { ReviewFilter, ReviewItem, RevocationOutcome } from '@/lib/custody/access-review/types';

/**
 * The grants of a review that a filter shows, by environment and owner. What became of a revocation is told by its audit
 * row, which outlives the connection.
 */
export async function readItems(
  tx: Tx,
  where: SQL | undefined,
  window: { limit: number; offset: number } | null,
): Promise<ReviewItem[]> {
  const query = tx
    .select({ item: accessReviewItems, standing, outcome })
    .from(accessReviewItems)
    .leftJoin(connections, eq(connections.id, accessReviewItems.connectionId))
    .where(where)
    .orderBy(
      asc(sql`lower(${accessReviewItems.environmentName})`),
      asc(sql`lower(${accessReviewItems.ownerName})`),
      asc(accessReviewItems.username),
      asc(accessReviewItems.connectionId),
    )
    .$dynamic();
  const rows = await (window === null ? query : query.limit(window.limit).offset(window.offset));
  return rows.map(toItem);
}

/** SQL: the items of a review that a filter lets through. */
export function matching(
  reviewId: string,
  startedAt: Date,
  { undecided, unused, full }: Omit<ReviewFilter, 'page'>,
): SQL | undefined {
  const { decision, scopes, lastUsedAt, connectedAt } = accessReviewItems;
  return and(
    eq(accessReviewItems.reviewId, reviewId),
    undecided ? isNull(decision) : undefined,
    unused
      ? sql`coalesce(${lastUsedAt}, ${connectedAt}) < ${startedAt.toISOString()}::timestamptz - interval '90 days'`
      : undefined,
    full ? sql`'full' = ANY(${scopes})` : undefined,
  );
}

const lastWord = sql`(
  SELECT CASE WHEN a.outcome <> 'done' THEN 'failed' WHEN a.details->>'attemptId' IS NULL THEN 'ended' ELSE 'confirmed' END
    FROM ${auditLog} a
   WHERE a.subject_type = 'connection' AND a.subject_id = ${accessReviewItems.connectionId}::text
     AND a.action = 'token.revoke' AND a.details->>'grantId' = ${accessReviewItems.grantId}::text
   ORDER BY a.id DESC LIMIT 1)`;

const isDisconnecting = sql`coalesce(${connections.state} = 'disconnecting'
  AND ${connections.grantId} = ${accessReviewItems.grantId}, false)`;

const outcome = sql<RevocationOutcome | null>`CASE WHEN ${accessReviewItems.decision} = 'revoke' THEN
  CASE coalesce(${lastWord}, '')
    WHEN 'confirmed' THEN 'confirmed'
    WHEN 'ended' THEN 'ended'
    WHEN 'failed' THEN CASE WHEN ${isDisconnecting} AND ${connections.revocation} = 'pending' THEN 'revoking'
                            WHEN ${isDisconnecting} AND ${connections.revocationNextAt} IS NOT NULL THEN 'unconfirmed'
                            ELSE 'unsendable' END
    ELSE CASE WHEN ${isDisconnecting} THEN 'revoking' ELSE 'unknown' END END END`;

function toItem(row: {
  item: typeof accessReviewItems.$inferSelect;
  standing: ReviewItem['standing'];
  outcome: RevocationOutcome | null;
}): ReviewItem {
  const { item } = row;
  const { decision, decidedAt, decidedByName } = item;
  return {
    connectionId: item.connectionId,
    grantId: item.grantId,
    owner: item.ownerName,
    isService: item.ownerId === null,
    environmentName: item.environmentName,
    orgId: item.orgId,
    username: item.username,
    scopes: item.scopes,
    connectedAt: item.connectedAt.toISOString(),
    lastUsedAt: item.lastUsedAt?.toISOString() ?? null,
    standing: row.standing,
    note: item.note,
    decided:
      decision && decidedAt ? { decision, by: decidedByName ?? '', at: decidedAt.toISOString() } : null,
    outcome: row.outcome,
  };
}
