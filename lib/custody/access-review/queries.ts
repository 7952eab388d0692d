import { desc, eq, sql } from 'drizzle-orm';
import { type Tx, withCustody } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { accessReviewItems, accessReviews } from '@/db/schema/custody';
import { isConnectionId } from '@/lib/connections/queries';
import type { PersonContext } from '@/lib/context';
import { matching, readItems } from '@/lib/custody/access-review/read-items';
import { standing } from '@/lib/custody/access-review/standing';
import type { ReviewFilter, ReviewPage, ReviewSummary } from '@/lib/custody/access-review/types';
import { auditLook } from '@/lib/custody/audit-look';
import { assertRole, CUSTODIANS } from '@/lib/people/assert-role';

const PAGE_SIZE = 100;
const MOST_REVIEWS = 200;

/** The latest 200 access reviews, the newest first, with how far each has come. Throws FORBIDDEN. */
export async function listReviews(ctx: PersonContext): Promise<ReviewSummary[]> {
  assertRole(ctx, CUSTODIANS, 'see access reviews');
  return await withCustody(ctx, (tx) => readSummaries(tx, null));
}

/**
 * A review with the grants that a filter shows; null when there is none. A page beyond the last is the last. That
 * somebody looked is audited in the same transaction, once an hour for as long as they see the same page with as many
 * grants: it is read again every few seconds while Salesforce is asked. Throws FORBIDDEN.
 */
export async function viewReview(
  ctx: PersonContext,
  id: string,
  filter: ReviewFilter,
): Promise<ReviewPage | null> {
  assertRole(ctx, CUSTODIANS, 'see access reviews');
  if (!isConnectionId(id)) return null;
  return await withCustody(ctx, async (tx) => {
    const [review] = await readSummaries(tx, id);
    if (!review) return null;
    const which = matching(id, new Date(review.startedAt), filter);
    const total = await tx.$count(accessReviewItems, which);
    const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
    const page = Math.min(filter.page, pages);
    const items = await readItems(tx, which, { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE });
    await auditLook(tx, ctx, { page, shown: items.length, review: id });
    return { review, items, total, page, pages, ...(await countUndecided(tx, id)) };
  });
}

async function countUndecided(tx: Tx, id: string): Promise<{ undecided: number; changed: number }> {
  const isOpen = sql`${accessReviewItems.decision} IS NULL`;
  const [counted] = await tx
    .select({
      undecided: sql<number>`count(*) FILTER (WHERE ${isOpen} AND ${standing} = 'unchanged')::int`,
      changed: sql<number>`count(*) FILTER (WHERE ${isOpen} AND ${standing} <> 'unchanged')::int`,
    })
    .from(accessReviewItems)
    .leftJoin(connections, eq(connections.id, accessReviewItems.connectionId))
    .where(eq(accessReviewItems.reviewId, id));
  return counted ?? { undecided: 0, changed: 0 };
}

async function readSummaries(tx: Tx, id: string | null): Promise<ReviewSummary[]> {
  const decided = (decision: 'keep' | 'revoke') =>
    sql<number>`count(*) FILTER (WHERE ${accessReviewItems.decision} = ${decision})::int`;
  const rows = await tx
    .select({
      review: accessReviews,
      grants: sql<number>`count(${accessReviewItems.connectionId})::int`,
      kept: decided('keep'),
      revoked: decided('revoke'),
    })
    .from(accessReviews)
    .leftJoin(accessReviewItems, eq(accessReviewItems.reviewId, accessReviews.id))
    .where(id === null ? undefined : eq(accessReviews.id, id))
    .groupBy(accessReviews.id)
    .orderBy(desc(accessReviews.startedAt), desc(accessReviews.id))
    .limit(MOST_REVIEWS);
  return rows.map(({ review, ...counts }) => ({
    id: review.id,
    scope: review.scopeName,
    startedBy: review.startedByName,
    startedAt: review.startedAt.toISOString(),
    closed: review.closedAt && { by: review.closedByName ?? '', at: review.closedAt.toISOString() },
    ...counts,
  }));
}
