import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { people, sessions } from '@/db/schema/people';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { liveSession } from '@/lib/session/queries';

/**
 * Looks again whether somebody is an administrator in a live session, in the system transaction of an act that has waited
 * for locks. Throws FORBIDDEN.
 */
export async function requireStillAdmin(systemTx: Tx, ctx: PersonContext): Promise<void> {
  const [row] = await systemTx
    .select({ role: people.role })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .where(
      and(
        eq(sessions.id, ctx.sessionId),
        eq(people.id, ctx.personId),
        isNull(people.deactivatedAt),
        liveSession,
      ),
    );
  if (row?.role === 'admin') return;
  throw new AppError('FORBIDDEN', 'You are no administrator any more, or were signed out meanwhile.', {
    nextStep: 'Reload the page.',
  });
}
