import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { type Tx, withCustody } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connections } from '@/db/schema/connections';
import { accessReviewItems, accessReviews } from '@/db/schema/custody';
import { environments } from '@/db/schema/environments';
import { people } from '@/db/schema/people';
import { appendAudit } from '@/lib/audit/append';
import type { PersonContext } from '@/lib/context';
import { requireOpenReview } from '@/lib/custody/access-review/require-review';
import { parseClosing } from '@/lib/custody/access-review/schema';
import { isConnected, standing } from '@/lib/custody/access-review/standing';
import type { Standing } from '@/lib/custody/access-review/types';
import { notDeleted } from '@/lib/environments/queries';
import { AppError } from '@/lib/errors';
import { assertRole } from '@/lib/people/assert-role';
import { assertStillAdmin } from '@/lib/people/roles/assert-still-admin';

/**
 * Starts an access review: writes down every live grant of an environment (its slug), or of all (null), as it stands now.
 * Answers the id. Throws FORBIDDEN, NOT_FOUND, and CONFLICT when there is no grant.
 */
export async function startReview(ctx: PersonContext, slug: string | null): Promise<string> {
  assertRole(ctx, ['admin'], 'start access reviews');
  return await withCustody(ctx, async (tx) => {
    const environment = slug === null ? null : await requireScope(tx, slug);
    const scopeName = environment?.name ?? 'All environments';
    const [review] = await tx
      .insert(accessReviews)
      .values({
        environmentId: environment?.id ?? null,
        scopeName,
        startedBy: ctx.personId,
        startedByName: ctx.displayName,
      })
      .returning({ id: accessReviews.id });
    if (!review) throw new Error('The review was not written.');
    const grants = await writeDown(tx, review.id, environment?.id ?? null);
    if (grants === 0) {
      throw new AppError('CONFLICT', `There is no grant to review: ${scopeName} has none.`, {
        nextStep: 'Grants come when people connect their orgs.',
      });
    }
    await appendAudit(tx, ctx, {
      action: 'access_review.start',
      subjectId: review.id,
      details: { scope: scopeName, environmentId: environment?.id ?? null, grants },
    });
    return review.id;
  });
}

async function requireScope(tx: Tx, slug: string): Promise<{ id: string; name: string }> {
  const [row] = await tx
    .select({ id: environments.id, name: environments.name })
    .from(environments)
    .where(and(eq(environments.slug, slug), notDeleted));
  if (!row) throw new AppError('NOT_FOUND', 'There is no such environment.');
  return row;
}

async function writeDown(tx: Tx, reviewId: string, environmentId: string | null): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    INSERT INTO ${accessReviewItems} (review_id, connection_id, grant_id, owner_id, owner_name, environment_name, org_id,
                                      username, scopes, connected_at, last_used_at)
    SELECT ${reviewId}, ${connections.id}, ${connections.grantId}, ${connections.ownerId},
           coalesce(${people.displayName}, ${connections.name}, 'The portal'), ${environments.name}, ${connections.orgId},
           ${connections.username}, ${connections.scopes}, ${connections.consentedAt}, ${connections.lastUsedAt}
      FROM ${connections}
      JOIN ${environments} ON ${environments.id} = ${connections.environmentId}
      LEFT JOIN ${people} ON ${people.id} = ${connections.ownerId}
     WHERE ${isConnected} AND (${environmentId}::uuid IS NULL OR ${connections.environmentId} = ${environmentId})`);
  return rowCount ?? 0;
}

/** What is written beside an undecided grant at the end: afterwards nobody could tell. */
const CHANGED: Record<Exclude<Standing, 'unchanged'>, string> = {
  ended: 'Not decided: the grant had ended before the review was closed.',
  replaced: 'Not decided: the grant was replaced by a new consent before the review was closed.',
};

/**
 * Closes a review: nothing of it changes afterwards. `undecided`: how many undecided grants the administrator was asked
 * about. Throws FORBIDDEN, INVALID_INPUT, NOT_FOUND, and CONFLICT when there are more, or it is closed.
 */
export async function closeReview(
  ctx: PersonContext,
  input: { id: string; undecided: unknown },
): Promise<void> {
  assertRole(ctx, ['admin'], 'close access reviews');
  const asked = parseClosing(input).undecided;
  await withCustody(ctx, async (tx) => {
    await requireOpenReview(tx, input.id, 'update');
    await assertStillAdmin(tx, ctx);
    const rows = await readStandings(tx, input.id);
    const open = rows.filter((row) => row.decision === null);
    const undecided = open.filter((row) => row.standing === 'unchanged').length;
    if (undecided > asked) {
      throw new AppError(
        'CONFLICT',
        `${undecided} grants are not decided yet: more than you were asked about.`,
        {
          nextStep: 'Reload the page and look again.',
        },
      );
    }
    for (const kind of ['ended', 'replaced'] as const) await noteChanged(tx, input.id, kind, open);
    await tx
      .update(accessReviews)
      .set({ closedBy: ctx.personId, closedByName: ctx.displayName, closedAt: databaseNow })
      .where(eq(accessReviews.id, input.id));
    await appendAudit(tx, ctx, {
      action: 'access_review.close',
      subjectId: input.id,
      details: {
        kept: rows.filter(({ decision }) => decision === 'keep').length,
        revoked: rows.filter(({ decision }) => decision === 'revoke').length,
        changed: open.length - undecided,
        undecided,
      },
    });
  });
}

function readStandings(tx: Tx, reviewId: string) {
  return tx
    .select({
      connectionId: accessReviewItems.connectionId,
      decision: accessReviewItems.decision,
      standing,
    })
    .from(accessReviewItems)
    .leftJoin(connections, eq(connections.id, accessReviewItems.connectionId))
    .where(eq(accessReviewItems.reviewId, reviewId));
}

async function noteChanged(
  tx: Tx,
  reviewId: string,
  kind: keyof typeof CHANGED,
  open: Awaited<ReturnType<typeof readStandings>>,
): Promise<void> {
  const ids = open.filter((row) => row.standing === kind).map(({ connectionId }) => connectionId);
  if (ids.length === 0) return;
  await tx
    .update(accessReviewItems)
    .set({ note: CHANGED[kind] })
    .where(
      and(
        eq(accessReviewItems.reviewId, reviewId),
        inArray(accessReviewItems.connectionId, ids),
        isNull(accessReviewItems.decision),
      ),
    );
}
