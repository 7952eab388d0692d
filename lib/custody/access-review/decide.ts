import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { type Tx, withCustody, withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connections } from '@/db/schema/connections';
import { accessReviewItems } from '@/db/schema/custody';
import { appendAudit } from '@/lib/audit/append';
import { withinOrNull } from '@/lib/connections/refresh/clock';
import { refreshPolicy } from '@/lib/connections/refresh/policy';
import { markDisconnecting } from '@/lib/connections/revocation/mark-disconnecting';
import { workThrough } from '@/lib/connections/revocation/work-through';
import type { PersonContext } from '@/lib/context';
import { requireOpenReview } from '@/lib/custody/access-review/require-review';
import { parseDecision } from '@/lib/custody/access-review/schema';
import { isConnected } from '@/lib/custody/access-review/standing';
import type { Decision, DecisionReport } from '@/lib/custody/access-review/types';
import { parseNote } from '@/lib/custody/parse-note';
import { AppError } from '@/lib/errors';
import { assertRole } from '@/lib/people/assert-role';
import { assertStillAdmin } from '@/lib/people/roles/assert-still-admin';

const WHY = 'revoked in an access review';

interface DecisionInput {
  reviewId: string;
  decision: unknown;
  connectionIds: unknown;
  note: unknown;
}

/**
 * Keeps or revokes grants of an open review. A revoked one is disconnected in the transaction that marks it, then revoked
 * at its token host for as long as an administrator waits, and else by the queue; that decision is final. A grant that is
 * not the one that was written down any more is left as it is, and named. Throws FORBIDDEN, NOT_FOUND, INVALID_INPUT,
 * CONFLICT.
 */
export async function decideGrants(ctx: PersonContext, input: DecisionInput): Promise<DecisionReport> {
  assertRole(ctx, ['admin'], 'decide in access reviews');
  const { decision, connectionIds } = parseDecision(input);
  const wanted = { reviewId: input.reviewId, decision, connectionIds, note: parseNote(input.note) };
  if (decision === 'keep') return (await withCustody(ctx, (tx) => decide(tx, ctx, wanted))).report;
  // Only the portal itself may change what others hold.
  const { report, marked } = await withSystem('access review', (tx) => decide(tx, ctx, wanted));
  const open = marked
    .filter(({ inFlight }) => !inFlight)
    .map(({ id }) => ({ kind: 'connection' as const, id }));
  await withinOrNull(workThrough(open, { why: WHY, trigger: 'disconnect' }), refreshPolicy().callerWaitMs);
  return report;
}

interface Wanted {
  reviewId: string;
  decision: Decision;
  connectionIds: string[];
  note: string;
}

async function decide(tx: Tx, ctx: PersonContext, wanted: Wanted) {
  const { reviewId, decision, note } = wanted;
  await requireOpenReview(tx, reviewId, 'share');
  const items = await lockItems(tx, wanted);
  const marked = decision === 'revoke' ? await markDisconnecting(tx, ctx, sameGrants(wanted), WHY) : [];
  // Whoever waited for the locks may have lost the role, or the session, meanwhile.
  await assertStillAdmin(tx, ctx);
  const ids = decision === 'revoke' ? marked.map(({ id }) => id) : await readUnchanged(tx, wanted);
  const decided = items.filter(({ connectionId }) => ids.includes(connectionId));
  if (decided.length > 0) {
    await tx
      .update(accessReviewItems)
      .set({
        decision,
        note,
        decidedBy: ctx.personId,
        decidedByName: ctx.displayName,
        decidedAt: databaseNow,
      })
      .where(and(eq(accessReviewItems.reviewId, reviewId), inArray(accessReviewItems.connectionId, ids)));
  }
  for (const { connectionId, grantId, username, before } of decided) {
    await appendAudit(tx, ctx, {
      action: 'access_review.decide',
      subjectId: reviewId,
      details: { decision, connectionId, grantId, username, before, note },
    });
  }
  const left = items.filter((item) => !decided.includes(item)).map(({ username }) => username);
  const report: DecisionReport = { decided: decided.length, left };
  return { report, marked };
}

async function lockItems(tx: Tx, { reviewId, connectionIds }: Wanted) {
  const items = await tx
    .select({
      connectionId: accessReviewItems.connectionId,
      grantId: accessReviewItems.grantId,
      username: accessReviewItems.username,
      before: accessReviewItems.decision,
    })
    .from(accessReviewItems)
    .where(
      and(eq(accessReviewItems.reviewId, reviewId), inArray(accessReviewItems.connectionId, connectionIds)),
    )
    .orderBy(asc(accessReviewItems.connectionId))
    .for('update');
  if (items.length === connectionIds.length) return items;
  throw new AppError('NOT_FOUND', 'This review has no such grant.', { nextStep: 'Reload the page.' });
}

/** SQL: connections whose grant is still the one that was written down, and was not revoked here before. */
function sameGrants({ reviewId, connectionIds }: Wanted) {
  const written = sql`(SELECT i.connection_id, i.grant_id FROM orgdock.access_review_items i
    WHERE i.review_id = ${reviewId} AND i.decision IS DISTINCT FROM 'revoke')`;
  return and(
    inArray(connections.id, connectionIds),
    sql`(${connections.id}, ${connections.grantId}) IN ${written}`,
  );
}

async function readUnchanged(tx: Tx, wanted: Wanted): Promise<string[]> {
  const rows = await tx
    .select({ id: connections.id })
    .from(connections)
    .where(and(sameGrants(wanted), isConnected));
  return rows.map(({ id }) => id);
}
