import { and, eq, isNotNull, isNull, ne, type SQL, sql } from 'drizzle-orm';
import { type Tx, withCustody } from '@/db/client';
import { connections, strayGrants } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import type { PersonContext } from '@/lib/context';
import { previewRevocation } from '@/lib/custody/revoke-everything/queries';
import type { EnvironmentDeletion, EnvironmentDeletionPreview } from '@/lib/custody/types';
import { assertCustodian, requireEnvironment } from '@/lib/environments/queries';
import { isOpen } from '@/lib/people/access/is-open';

/** What deleting the environment of a slug would disconnect. Throws FORBIDDEN, NOT_FOUND. */
export async function previewEnvironmentDeletion(
  ctx: PersonContext,
  slug: string,
): Promise<EnvironmentDeletionPreview> {
  const { id, allowSignIn } = await requireEnvironment(ctx, slug);
  const {
    connections: count,
    serviceConnections,
    owners,
  } = await previewRevocation(ctx, {
    environmentId: id,
  });
  const others = await withCustody(ctx, (tx) =>
    tx.$count(environments, and(eq(environments.allowSignIn, true), isOpen, ne(environments.id, id))),
  );
  return { connections: count, serviceConnections, owners, lastForSignIn: allowSignIn && others === 0 };
}

/** How far a deletion has come; null when no environment of this slug was deleted. Throws FORBIDDEN. */
export async function getEnvironmentDeletion(
  ctx: PersonContext,
  slug: string,
): Promise<EnvironmentDeletion | null> {
  const [deletion] = await listDeletions(ctx, eq(environments.slug, slug));
  return deletion ?? null;
}

/** Deletions that have not come to their end at every org. Throws FORBIDDEN. */
export async function listUnfinishedDeletions(ctx: PersonContext): Promise<EnvironmentDeletion[]> {
  const deletions = await listDeletions(ctx, undefined);
  return deletions.filter(
    ({ revoking, unconfirmed, strayGrants: strays }) => revoking + unconfirmed + strays > 0,
  );
}

async function listDeletions(ctx: PersonContext, which: SQL | undefined): Promise<EnvironmentDeletion[]> {
  assertCustodian(ctx);
  return await withCustody(ctx, async (tx) => {
    const deleted = await tx
      .select({
        id: environments.id,
        slug: environments.slug,
        name: environments.name,
        deletedAt: environments.deletedAt,
      })
      .from(environments)
      .where(and(isNotNull(environments.deletedAt), which))
      .orderBy(environments.deletedAt);
    const deletions: EnvironmentDeletion[] = [];
    for (const { id, slug, name, deletedAt } of deleted) {
      deletions.push({ slug, name, deletedAt: deletedAt?.toISOString() ?? '', ...(await countEnds(tx, id)) });
    }
    return deletions;
  });
}

/** What became of the connections that the deletion ended. */
async function countEnds(tx: Tx, environmentId: string) {
  const { state, revocation, disconnectedAt, revocationNextAt } = connections;
  const waits = sql`${state} = 'disconnecting' AND ${revocation} = 'unconfirmed'`;
  const count = (condition: SQL) => sql<number>`count(*) FILTER (WHERE ${condition})`.mapWith(Number);
  const [ends] = await tx
    .select({
      connections: count(sql`true`),
      confirmed: count(sql`${state} = 'disconnected' AND ${revocation} <> 'unconfirmed'`),
      revoking: count(sql`${state} = 'disconnecting' AND ${revocation} = 'pending'`),
      unconfirmed: count(waits),
      unsendable: count(sql`${state} = 'disconnected' AND ${revocation} = 'unconfirmed'`),
      nextTryAt: sql`min(${revocationNextAt}) FILTER (WHERE ${waits})`.mapWith(revocationNextAt),
    })
    .from(connections)
    .innerJoin(environments, eq(environments.id, connections.environmentId))
    .where(
      and(eq(connections.environmentId, environmentId), sql`${disconnectedAt} >= ${environments.deletedAt}`),
    );
  const strays = await tx.$count(
    strayGrants,
    and(eq(strayGrants.environmentId, environmentId), isNull(strayGrants.finishedAt)),
  );
  const { nextTryAt, ...counts } = ends ?? NOTHING;
  return { ...counts, strayGrants: strays, nextTryAt: nextTryAt?.toISOString() ?? null };
}

const NOTHING = {
  connections: 0,
  confirmed: 0,
  revoking: 0,
  unconfirmed: 0,
  unsendable: 0,
  nextTryAt: null,
};
