import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { people, sessions } from '@/db/schema/people';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { liveSession } from '@/lib/session/queries';

/**
 * Whether the context still holds: an active administrator, whose session goes on. In the transaction that acts, after
 * its locks, for which they may have waited. Throws FORBIDDEN.
 */
export async function assertStillAdmin(tx: Tx, ctx: PersonContext): Promise<void> {
  const [actor] = await tx
    .select({ id: people.id })
    .from(people)
    .innerJoin(sessions, eq(sessions.personId, people.id))
    .where(
      and(
        eq(people.id, ctx.personId),
        eq(people.role, 'admin'),
        isNull(people.deactivatedAt),
        eq(sessions.id, ctx.sessionId),
        liveSession,
      ),
    );
  if (actor) return;
  throw new AppError('FORBIDDEN', 'You are no administrator any more, or your session has ended.', {
    nextStep: 'Reload the page.',
  });
}
