import { eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { accessReviews } from '@/db/schema/custody';
import { isConnectionId } from '@/lib/connections/queries';
import { AppError } from '@/lib/errors';

/** The row of a review. `lock`: nobody closes it meanwhile (`share`), or does anything (`update`). Throws NOT_FOUND. */
export async function requireReview(tx: Tx, id: string, lock: 'share' | 'update' | null = null) {
  const query = tx.select().from(accessReviews).where(eq(accessReviews.id, id));
  const [row] = isConnectionId(id) ? await (lock === null ? query : query.for(lock)) : [];
  if (!row) throw new AppError('NOT_FOUND', 'There is no such access review.');
  return row;
}

/** As `requireReview`, for what changes it. Throws NOT_FOUND, CONFLICT when it is closed. */
export async function requireOpenReview(tx: Tx, id: string, lock: 'share' | 'update') {
  const row = await requireReview(tx, id, lock);
  if (row.closedAt === null) return row;
  throw new AppError(
    'CONFLICT',
    `${row.closedByName ?? 'Somebody'} has closed this review: nothing of it changes.`,
    {
      nextStep: 'Start a new review to decide anew.',
    },
  );
}
