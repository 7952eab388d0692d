import { and, eq, sql } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { consentAttempts } from '@/db/schema';
import { recordFailure } from '@/lib/consent/failures';
import { neverCameBack } from '@/lib/consent/unanswered/keep';
import { tellSchema } from '@/lib/consent/unanswered/schema';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';

/**
 * What a person saw at Salesforce instead of coming back. Ends the attempt and keeps it as a failure of theirs, whose
 * path is returned. Only their own, and only of at least a minute. Throws NOT_FOUND, INVALID_INPUT.
 */
export async function tellWhatSalesforceShowed(
  ctx: PersonContext,
  id: string,
  input: unknown,
): Promise<string> {
  const parsed = tellSchema.safeParse(input);
  if (!parsed.success) throw new AppError('INVALID_INPUT', 'Choose what Salesforce showed.');
  return await withActor(ctx, async (tx) => {
    const [attempt] = await tx
      .delete(consentAttempts)
      .where(
        and(
          sql`${consentAttempts.id}::text = ${id}`,
          eq(consentAttempts.personId, ctx.personId),
          sql`${consentAttempts.createdAt} <= orgdock.now() - interval '1 minute'`,
        ),
      )
      .returning();
    if (!attempt) throw new AppError('NOT_FOUND', 'There is no such consent.');
    return await recordFailure(tx, attempt, neverCameBack(parsed.data.seen));
  });
}
