import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { refreshAttempts } from '@/db/schema/connections';

/** How an attempt ended, without a token. */
export type AttemptEnd = Pick<
  typeof refreshAttempts.$inferInsert,
  'outcome' | 'httpStatus' | 'error' | 'errorDescription'
>;

/** Writes how an attempt ended. False: that was written before, by a commit whose acknowledgement was lost. */
export async function finishAttempt(tx: Tx, attemptId: string, end: AttemptEnd): Promise<boolean> {
  const rows = await tx
    .update(refreshAttempts)
    .set({ ...end, finishedAt: databaseNow })
    .where(and(eq(refreshAttempts.id, attemptId), isNull(refreshAttempts.finishedAt)))
    .returning({ id: refreshAttempts.id });
  return rows.length > 0;
}
