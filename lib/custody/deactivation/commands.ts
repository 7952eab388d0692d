import { and, eq, isNull } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { providerAttempts } from '@/db/schema/consent';
import { people, sessions, signInLinks } from '@/db/schema/people';
import { appendAudit } from '@/lib/audit/append';
import { withinOrNull } from '@/lib/connections/refresh/clock';
import { refreshPolicy } from '@/lib/connections/refresh/policy';
import { type OpenRevocation, workThrough } from '@/lib/connections/revocation/work-through';
import type { PersonContext } from '@/lib/context';
import { markScope } from '@/lib/custody/revoke-everything/mark';
import { AppError } from '@/lib/errors';
import { assertRole } from '@/lib/people/assert-role';
import { assertAdminsStay, lockRoles } from '@/lib/people/roles/admins-stay';
import { lockPerson } from '@/lib/people/roles/commands';

const WHY = 'person deactivated';

/**
 * Deactivates a person: one transaction ends their sessions, links and consents under way and disconnects what they
 * hold; then each grant is revoked at its token host, and what is not confirmed by the time an administrator waits goes
 * on in the queue. Everything about them stays as history. Throws FORBIDDEN, NOT_FOUND, CONFLICT, LAST_ADMINISTRATOR.
 */
export async function deactivatePerson(ctx: PersonContext, personId: string): Promise<void> {
  assertRole(ctx, ['admin'], 'deactivate people');
  if (personId === ctx.personId) {
    throw new AppError('CONFLICT', 'You cannot deactivate yourself.', {
      nextStep: 'Another administrator can.',
    });
  }
  const open = await withSystem('person deactivation', (tx) => markDeactivated(tx, ctx, personId));
  await withinOrNull(workThrough(open, { why: WHY, trigger: 'disconnect' }), refreshPolicy().callerWaitMs);
}

async function markDeactivated(tx: Tx, ctx: PersonContext, personId: string): Promise<OpenRevocation[]> {
  await lockRoles(tx, ctx);
  // The lock that a consent takes before it stores a grant: no grant comes in behind this.
  const person = await lockPerson(tx, personId);
  if (person.deactivatedAt !== null) {
    throw new AppError('CONFLICT', `${person.displayName} is deactivated already.`);
  }
  await assertAdminsStay(tx, person);
  await tx.update(people).set({ deactivatedAt: databaseNow }).where(eq(people.id, personId));
  const ended = await tx
    .update(sessions)
    .set({ endedAt: databaseNow, endedReason: WHY })
    .where(and(eq(sessions.personId, personId), isNull(sessions.endedAt)))
    .returning({ id: sessions.id });
  await tx.delete(signInLinks).where(eq(signInLinks.personId, personId));
  await tx.delete(providerAttempts).where(eq(providerAttempts.personId, personId));
  const { disconnected, open } = await markScope(tx, ctx, { personId }, WHY);
  for (const { id } of ended) {
    await appendAudit(tx, ctx, { action: 'session.end', subjectId: id, details: { reason: WHY } });
  }
  await appendAudit(tx, ctx, {
    action: 'person.deactivate',
    subjectId: personId,
    details: {
      sessions: ended.length,
      connections: disconnected,
      strayGrants: open.filter(({ kind }) => kind === 'stray').length,
    },
  });
  return open;
}
