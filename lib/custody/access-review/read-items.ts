import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { auditLog } from '@/db/schema/audit';
import { connections, strayGrants } from '@/db/schema/connections';
import { accessReviewItems } from '@/db/schema/custody';
import { standing } from '@/lib/custody/access-review/standing';
import type { ReviewFilter, ReviewItem, RevocationOutcome } from '@/lib/custody/access-review/types';

/**
 * The grants of a review that a filter shows, by environment and owner. That a revocation came to an end is told by its
 * audit row, which outlives the connection; that it goes on, by the connection, or by the stray grant that it became when
 * its owner connected anew. For custody reads.
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

/** An end that Orgdock brought about says how it was verified; without that, Salesforce had ended the grant. */
const lastWord = sql`(
  SELECT CASE WHEN a.outcome <> 'done' THEN 'failed' WHEN a.details->>'verified' IS NULL THEN 'ended' ELSE 'confirmed' END
    FROM ${auditLog} a
   WHERE a.subject_type = 'connection' AND a.subject_id = ${accessReviewItems.connectionId}::text
     AND a.action = 'token.revoke' AND a.details->>'grantId' = ${accessReviewItems.grantId}::text
   ORDER BY (a.outcome = 'done') DESC, a.id DESC LIMIT 1)`;

/** How far the connection has come, while it holds this very grant. */
const held = sql`CASE WHEN ${connections.grantId} = ${accessReviewItems.grantId} THEN ${connections.revocation} END`;

const isOpenStray = sql`EXISTS (
  SELECT FROM ${strayGrants} s
   WHERE s.connection_id = ${accessReviewItems.connectionId}::text AND s.grant_id = ${accessReviewItems.grantId}
     AND s.finished_at IS NULL)`;

// A try that is not news writes no audit row, so what goes on is read from the rows.
const outcome = sql<RevocationOutcome | null>`CASE WHEN ${accessReviewItems.decision} = 'revoke' THEN
  CASE ${lastWord} WHEN 'confirmed' THEN 'confirmed' WHEN 'ended' THEN 'ended' ELSE CASE
    WHEN ${held} = 'pending' THEN 'revoking'
    WHEN ${held} = 'unconfirmed' AND ${connections.revocationNextAt} IS NOT NULL THEN 'unconfirmed'
    WHEN ${isOpenStray} THEN 'unconfirmed'
    WHEN ${held} = 'unconfirmed' OR ${lastWord} = 'failed' THEN 'unsendable'
    ELSE 'unknown' END END END`;

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
