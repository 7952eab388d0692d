import { eq } from 'drizzle-orm';
import { type Tx, withActor, withSystem } from '@/db/client';
import { people } from '@/db/schema/people';
import { appendAudit } from '@/lib/audit/append';
import type { Context, PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { noSuchPerson } from '@/lib/people/access/commands';
import { assertRole } from '@/lib/people/assert-role';
import { assertAdminsStay, lockRoles } from '@/lib/people/roles/admins-stay';
import { isId, roleSchema } from '@/lib/people/schema';

/**
 * Gives a person another role; their sessions go on with it at once. Connections of a new auditor stay in custody.
 * Throws FORBIDDEN, NOT_FOUND, INVALID_INPUT, CONFLICT (deactivated), LAST_ADMINISTRATOR.
 */
export async function changeRole(
  ctx: PersonContext,
  input: { personId: string; role: unknown },
): Promise<void> {
  assertRole(ctx, ['admin'], 'change roles');
  const parsed = roleSchema.safeParse(input.role);
  if (!parsed.success) {
    throw new AppError('INVALID_INPUT', 'This is not a role.', { details: { role: 'Choose a role.' } });
  }
  const after = parsed.data;
  // As the system: whether Salesforce sign-in is on is no person's to read.
  await withSystem('change a role', async (tx) => {
    await lockRoles(tx, ctx);
    const person = await lockPerson(tx, input.personId);
    if (person.role === after) return;
    if (person.deactivatedAt !== null) {
      throw new AppError('CONFLICT', `${person.displayName} is deactivated.`, {
        nextStep: 'Reactivate first.',
      });
    }
    await assertAdminsStay(tx, person);
    await tx.update(people).set({ role: after }).where(eq(people.id, person.id));
    await appendAudit(tx, ctx, {
      action: 'person.change_role',
      subjectId: person.id,
      details: { before: person.role, after },
    });
  });
}

/**
 * Lets a deactivated person in again, with their role and their environments. Their sessions and grants stay ended: they
 * sign in and connect anew. In the caller's transaction. Throws CONFLICT when nobody deactivated them.
 */
export async function reactivate(tx: Tx, ctx: Context, personId: string): Promise<void> {
  const person = await lockPerson(tx, personId);
  if (person.deactivatedAt === null) {
    throw new AppError('CONFLICT', `${person.displayName} is not deactivated.`);
  }
  await tx.update(people).set({ deactivatedAt: null }).where(eq(people.id, person.id));
  await appendAudit(tx, ctx, { action: 'person.reactivate', subjectId: person.id, details: {} });
}

/** As `reactivate`, by an administrator. Throws FORBIDDEN, NOT_FOUND, CONFLICT. */
export async function reactivatePerson(ctx: PersonContext, personId: string): Promise<void> {
  assertRole(ctx, ['admin'], 'reactivate people');
  await withActor(ctx, async (tx) => {
    await lockRoles(tx, ctx);
    await reactivate(tx, ctx, personId);
  });
}

/** The row of a person, locked until the end of the transaction. Throws NOT_FOUND. */
export async function lockPerson(tx: Tx, personId: string): Promise<typeof people.$inferSelect> {
  if (!isId(personId)) throw noSuchPerson();
  const [person] = await tx.select().from(people).where(eq(people.id, personId)).for('no key update');
  if (!person) throw noSuchPerson();
  return person;
}
