import { and, eq, isNull } from 'drizzle-orm';
import { type Tx, withActor } from '@/db/client';
import { accessRequests, databaseNow, identities, people } from '@/db/schema';
import { appendAudit } from '@/lib/audit/append';
import type { Context, PersonContext, PersonId, Role } from '@/lib/context';
import { AppError } from '@/lib/errors';
import {
  issuerOf,
  type KnownPerson,
  type ProvenIdentity,
  type SalesforceIdentity,
} from '@/lib/people/queries';
import { preferencesSchema } from '@/lib/people/schema';

export interface NewPerson extends SalesforceIdentity {
  displayName: string;
  email: string | null;
  username: string;
  role: Role;
}

/** Creates a person with the one Salesforce identity that just signed in. In the caller's system transaction. */
export function createPerson(tx: Tx, ctx: Context, input: NewPerson): Promise<PersonId> {
  const { orgId, userId, role, ...facts } = input;
  const { displayName, email, username } = facts;
  return createPersonOf(tx, ctx, {
    identity: { issuer: issuerOf(orgId), subject: userId, username, displayName, email },
    role,
  });
}

/**
 * Creates a person with the one identity that was proven, of whatever issuer; what it had asked for is answered with
 * that. In a transaction of the system or of an administrator.
 */
export async function createPersonOf(
  tx: Tx,
  ctx: Context,
  { identity, role }: { identity: ProvenIdentity; role: Role },
): Promise<PersonId> {
  const { issuer, subject, username, displayName, email } = identity;
  const [row] = await tx.insert(people).values({ displayName, email, role }).returning({ id: people.id });
  if (!row) throw new AppError('UNAVAILABLE', 'The person could not be stored.');
  await tx.insert(identities).values({ personId: row.id, issuer, subject, username });
  await tx
    .update(accessRequests)
    .set({
      decision: 'granted',
      decidedAt: databaseNow,
      decidedBy: ctx.kind === 'person' ? ctx.personId : null,
    })
    .where(
      and(
        eq(accessRequests.issuer, issuer),
        eq(accessRequests.subject, subject),
        isNull(accessRequests.decidedAt),
      ),
    );
  await appendAudit(tx, ctx, {
    action: 'person.create',
    subjectId: row.id,
    details: { displayName, role, via: `${issuer}/${subject}` },
  });
  return row.id as PersonId;
}

/** Makes a person an admin. In the caller's system transaction. */
export async function grantAdmin(tx: Tx, ctx: Context, person: KnownPerson): Promise<void> {
  if (person.deactivated) {
    throw new AppError('CONFLICT', `${person.displayName} is deactivated.`, {
      nextStep: `Let the person in again first: npm run admin -- reactivate ${person.id}`,
    });
  }
  const [before] = await tx
    .select({ role: people.role })
    .from(people)
    .where(eq(people.id, person.id))
    .for('update');
  await tx.update(people).set({ role: 'admin' }).where(eq(people.id, person.id));
  await appendAudit(tx, ctx, {
    action: 'person.grant_admin',
    subjectId: person.id,
    details: { before: before?.role ?? 'member' },
  });
}

/** Stores my choices of locale and time zone; empty means "as in Salesforce". Throws INVALID_INPUT. */
export async function updatePreferences(ctx: PersonContext, input: unknown): Promise<void> {
  const parsed = preferencesSchema.safeParse(input);
  if (!parsed.success) {
    throw new AppError('INVALID_INPUT', parsed.error.issues.map((issue) => issue.message).join(' '));
  }
  const after = parsed.data;
  await withActor(ctx, async (tx) => {
    const [before] = await tx
      .select({ locale: people.locale, timeZone: people.timeZone })
      .from(people)
      .where(eq(people.id, ctx.personId))
      .for('update');
    if (!before) throw new AppError('NOT_FOUND', 'This person is gone.');
    await tx.update(people).set(after).where(eq(people.id, ctx.personId));
    await appendAudit(tx, ctx, {
      action: 'person.preferences',
      subjectId: ctx.personId,
      details: { before, after },
    });
  });
}
