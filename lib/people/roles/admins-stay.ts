import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { people } from '@/db/schema/people';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';

/**
 * Of two who take administrators away at once, the second sees what the first has done, also to themselves. In the
 * transaction that changes a role or deactivates somebody, first of all. Throws FORBIDDEN.
 */
export async function lockRoles(tx: Tx, ctx: PersonContext): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended('orgdock roles', 0))`);
  const [actor] = await tx
    .select({ role: people.role, deactivatedAt: people.deactivatedAt })
    .from(people)
    .where(eq(people.id, ctx.personId));
  if (actor?.role === 'admin' && actor.deactivatedAt === null) return;
  throw new AppError('FORBIDDEN', 'You are no administrator any more.', { nextStep: 'Reload the page.' });
}

/** How many other administrators are active. */
export function countOtherAdmins(tx: Tx, personId: string): Promise<number> {
  return tx.$count(
    people,
    and(eq(people.role, 'admin'), isNull(people.deactivatedAt), ne(people.id, personId)),
  );
}

/** Refuses to take the last administrator away, under `lockRoles`. Throws LAST_ADMINISTRATOR. */
export async function assertAdminsStay(
  tx: Tx,
  person: { id: string; displayName: string; role: string; deactivatedAt: Date | null },
): Promise<void> {
  if (person.role !== 'admin' || person.deactivatedAt !== null) return;
  if ((await countOtherAdmins(tx, person.id)) > 0) return;
  throw new AppError('LAST_ADMINISTRATOR', `${person.displayName} is the last administrator.`, {
    nextStep: 'Make somebody else an administrator first.',
  });
}
