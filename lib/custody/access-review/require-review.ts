import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { accessReviews } from '@/db/schema/custody';
import { isConnectionId } from '@/lib/connections/queries';
import { AppError } from '@/lib/errors';

/** The row of a review. Throws NOT_FOUND. */
export async function requireReview(tx: Tx, id: string) {
  const [row] = isConnectionId(id)
    ? await tx.select().from(accessReviews).where(eq(accessReviews.id, id))
    : [];
  if (!row) throw new AppError('NOT_FOUND', 'There is no such access review.');
  return row;
}

/**
 * As `requireReview`, for what changes it: nobody closes it meanwhile (`share`), or does anything (`update`). Throws
 * NOT_FOUND, CONFLICT when it is closed.
 */
export async function requireOpenReview(tx: Tx, id: string, lock: 'share' | 'update') {
  // Row-level security lets nobody but the system lock a closed one.
  const isOpen = and(eq(accessReviews.id, id), isNull(accessReviews.closedAt));
  const [open] = isConnectionId(id) ? await tx.select().from(accessReviews).where(isOpen).for(lock) : [];
  if (open) return open;
  const { closedByName } = await requireReview(tx, id);
  throw new AppError(
    'CONFLICT',
    `${closedByName ?? 'Somebody'} has closed this review: nothing of it changes.`,
    {
      nextStep: 'Start a new review to decide anew.',
    },
  );
}
