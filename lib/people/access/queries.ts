import { and, asc, eq, inArray, isNull, ne, not, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { type Tx, withActor, withSystem } from '@/db/client';
import { accessRequests, environmentAccess } from '@/db/schema/access';
import { environments } from '@/db/schema/environments';
import { people } from '@/db/schema/people';
import type { PersonContext } from '@/lib/context';
import type { EnvironmentColor } from '@/lib/environments/types';
import { isOpen } from '@/lib/people/access/is-open';
import { readAdminNames } from '@/lib/people/access/refusals';
import { usableBy } from '@/lib/people/access/usable-by';
import { assertRole, CUSTODIANS } from '@/lib/people/assert-role';
import type { ChosenPerson, EnvironmentChoice, ForbiddenEnvironment } from '@/lib/people/types';

const color = sql<EnvironmentColor | null>`${environments.color}`;

/** Who can let people in, by name. */
export function listAdminNames(): Promise<string[]> {
  return withSystem('names of administrators', readAdminNames);
}

/** The environments that are open to chosen people only, and whether this person is one; for administrators and auditors. */
export async function listChoices(ctx: PersonContext, personId: string | null): Promise<EnvironmentChoice[]> {
  assertRole(ctx, CUSTODIANS, 'see who may use an environment');
  return await withActor(ctx, (tx) =>
    tx
      .select({
        id: environments.id,
        name: environments.name,
        kind: environments.kind,
        color,
        chosen: sql<boolean>`${environmentAccess.personId} IS NOT NULL`,
      })
      .from(environments)
      .leftJoin(
        environmentAccess,
        and(
          eq(environmentAccess.environmentId, environments.id),
          sql`${environmentAccess.personId}::text = ${personId ?? ''}`,
        ),
      )
      .where(and(eq(environments.access, 'chosen'), isNull(environments.deletedAt)))
      .orderBy(asc(environments.rank), asc(environments.name), asc(environments.slug)),
  );
}

const giver = alias(people, 'giver');

/** The people who were chosen for an environment, by name; for administrators and auditors. Throws FORBIDDEN. */
export async function listChosenPeople(ctx: PersonContext, slug: string): Promise<ChosenPerson[]> {
  assertRole(ctx, CUSTODIANS, 'see who may use an environment');
  const rows = await withActor(ctx, (tx) =>
    tx
      .select({
        id: people.id,
        displayName: people.displayName,
        email: people.email,
        grantedAt: environmentAccess.grantedAt,
        grantedBy: giver.displayName,
      })
      .from(environmentAccess)
      .innerJoin(environments, eq(environments.id, environmentAccess.environmentId))
      .innerJoin(people, eq(people.id, environmentAccess.personId))
      .leftJoin(giver, eq(giver.id, environmentAccess.grantedBy))
      .where(and(eq(environments.slug, slug), isNull(people.deactivatedAt)))
      .orderBy(asc(people.displayName), asc(people.id)),
  );
  return rows.map((row) => ({ ...row, grantedAt: row.grantedAt.toISOString() }));
}

/**
 * The environments that I may not use and may ask for: those that are open to chosen people, and those that I still
 * hold a connection to. When I have asked already, since when.
 */
export async function listForbiddenEnvironments(
  ctx: PersonContext,
  held: readonly string[] = [],
): Promise<ForbiddenEnvironment[]> {
  if (ctx.role !== 'member') return [];
  const rows = await withActor(ctx, (tx) => selectForbidden(tx, ctx, held));
  return rows.map(({ requestedAt, ...row }) => ({ ...row, requestedAt: requestedAt?.toISOString() ?? null }));
}

function selectForbidden(tx: Tx, ctx: PersonContext, held: readonly string[]) {
  const offered =
    held.length === 0
      ? eq(environments.access, 'chosen')
      : sql`(${environments.access} = 'chosen' OR ${inArray(environments.id, [...held])})`;
  return tx
    .select({
      id: environments.id,
      slug: environments.slug,
      name: environments.name,
      kind: environments.kind,
      color,
      mayAsk: sql<boolean>`${environments.access} = 'chosen'`,
      requestedAt: accessRequests.createdAt,
    })
    .from(environments)
    .leftJoin(
      accessRequests,
      and(
        eq(accessRequests.environmentId, environments.id),
        eq(accessRequests.personId, ctx.personId),
        isNull(accessRequests.decidedAt),
      ),
    )
    .where(and(isOpen, ne(environments.access, 'everyone'), not(usableBy(ctx)), offered))
    .orderBy(asc(environments.rank), asc(environments.name), asc(environments.slug));
}
