import { and, eq, inArray, isNull } from 'drizzle-orm';
import { type Tx, withActor } from '@/db/client';
import { environmentAccess } from '@/db/schema/access';
import { environments } from '@/db/schema/environments';
import { people } from '@/db/schema/people';
import { appendAudit } from '@/lib/audit/append';
import type { Context, PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { assertRole } from '@/lib/people/assert-role';
import { requirePersonNamed } from '@/lib/people/queries';
import { isId } from '@/lib/people/schema';

/** Chooses a person for environments, in the caller's transaction. Of those that they were chosen for nothing is said. */
export async function chooseFor(
  tx: Tx,
  ctx: Context,
  { personId, environmentIds }: { personId: string; environmentIds: readonly string[] },
): Promise<void> {
  if (environmentIds.length === 0) return;
  const known = await tx
    .select({ id: environments.id })
    .from(environments)
    .where(and(inArray(environments.id, [...environmentIds]), isNull(environments.deletedAt)));
  if (known.length === 0) return;
  const grantedBy = ctx.kind === 'person' ? ctx.personId : null;
  const added = await tx
    .insert(environmentAccess)
    .values(known.map(({ id }) => ({ environmentId: id, personId, grantedBy })))
    .onConflictDoNothing()
    .returning({ environmentId: environmentAccess.environmentId });
  for (const { environmentId } of added)
    await auditAccess(tx, ctx, { environmentId, personId, allowed: true });
}

/**
 * Makes a person's environments exactly these, of those that are open to chosen people. Connections that they hold stay
 * in custody. Throws FORBIDDEN, NOT_FOUND.
 */
export async function setPersonEnvironments(
  ctx: PersonContext,
  { personId, environmentIds }: { personId: string; environmentIds: readonly string[] },
): Promise<void> {
  assertRole(ctx, ['admin'], 'give access');
  await withActor(ctx, async (tx) => {
    await requirePerson(tx, personId);
    const offered = await tx
      .select({ id: environments.id })
      .from(environments)
      .where(and(eq(environments.access, 'chosen'), isNull(environments.deletedAt)));
    const wanted = offered.filter(({ id }) => environmentIds.includes(id)).map(({ id }) => id);
    const unwanted = offered.filter(({ id }) => !environmentIds.includes(id)).map(({ id }) => id);
    await chooseFor(tx, ctx, { personId, environmentIds: wanted });
    await takeAway(tx, ctx, { personId, environmentIds: unwanted });
  });
}

/** Chooses the person that is named for an environment. Throws FORBIDDEN, NOT_FOUND, CONFLICT, INVALID_INPUT. */
export async function choosePerson(
  ctx: PersonContext,
  { slug, person }: { slug: string; person: string },
): Promise<void> {
  assertRole(ctx, ['admin'], 'give access');
  if (person.trim() === '') {
    throw new AppError('INVALID_INPUT', 'Say who.', {
      details: { person: 'Enter an e-mail or a username.' },
    });
  }
  await withActor(ctx, async (tx) => {
    const environmentId = await requireEnvironmentId(tx, slug);
    const { id, deactivated, displayName } = await requirePersonNamed(tx, person);
    if (deactivated) {
      throw new AppError('CONFLICT', `${displayName} is deactivated.`, {
        nextStep: 'Reactivate the person first.',
      });
    }
    await chooseFor(tx, ctx, { personId: id, environmentIds: [environmentId] });
  });
}

/** Takes an environment away from a person. What they hold stays in custody. Throws FORBIDDEN, NOT_FOUND. */
export async function unchoosePerson(
  ctx: PersonContext,
  { slug, personId }: { slug: string; personId: string },
): Promise<void> {
  assertRole(ctx, ['admin'], 'take access away');
  await withActor(ctx, async (tx) => {
    const environmentIds = [await requireEnvironmentId(tx, slug)];
    await requirePerson(tx, personId);
    await takeAway(tx, ctx, { personId, environmentIds });
  });
}

async function takeAway(
  tx: Tx,
  ctx: PersonContext,
  { personId, environmentIds }: { personId: string; environmentIds: string[] },
): Promise<void> {
  if (environmentIds.length === 0) return;
  const removed = await tx
    .delete(environmentAccess)
    .where(
      and(eq(environmentAccess.personId, personId), inArray(environmentAccess.environmentId, environmentIds)),
    )
    .returning({ environmentId: environmentAccess.environmentId });
  for (const { environmentId } of removed) {
    await auditAccess(tx, ctx, { environmentId, personId, allowed: false });
  }
}

async function requireEnvironmentId(tx: Tx, slug: string): Promise<string> {
  const [row] = await tx
    .select({ id: environments.id })
    .from(environments)
    .where(and(eq(environments.slug, slug), isNull(environments.deletedAt)));
  if (!row) throw new AppError('NOT_FOUND', 'There is no such environment.');
  return row.id;
}

function auditAccess(
  tx: Tx,
  ctx: Context,
  { environmentId, personId, allowed }: { environmentId: string; personId: string; allowed: boolean },
): Promise<void> {
  return appendAudit(tx, ctx, {
    action: 'environment.access',
    subjectId: environmentId,
    details: { personId, allowed },
  });
}

async function requirePerson(tx: Tx, personId: string): Promise<void> {
  if (!isId(personId)) throw noSuchPerson();
  const [person] = await tx.select({ id: people.id }).from(people).where(eq(people.id, personId));
  if (!person) throw noSuchPerson();
}

/** An id of nobody. */
export function noSuchPerson(): AppError {
  return new AppError('NOT_FOUND', 'There is no such person.');
}
