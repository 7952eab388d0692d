import { and, eq, isNull, ne, or } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { connections, strayGrants } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { people } from '@/db/schema/people';
import type { Context } from '@/lib/context';
import { sqlOfScope } from '@/lib/custody/revoke-everything/scope';
import type { NamedCount, RevocationPreview, RevocationScope } from '@/lib/custody/types';
import { assertAdmin } from '@/lib/environments/queries';

/** What revoking a scope would do, for an administrator or the command line. Throws FORBIDDEN. */
export async function previewRevocation(ctx: Context, scope: RevocationScope): Promise<RevocationPreview> {
  if (ctx.kind === 'person') assertAdmin(ctx);
  // As the system: row-level security shows nobody else's identities, and stray grants are a person's by them.
  return await withSystem('revocation preview', (tx) => readPreview(tx, scope));
}

async function readPreview(tx: Tx, scope: RevocationScope): Promise<RevocationPreview> {
  const which = sqlOfScope(scope);
  const rows = await tx
    .select({
      state: connections.state,
      ownerId: connections.ownerId,
      owner: people.displayName,
      environmentId: connections.environmentId,
      environment: environments.name,
    })
    .from(connections)
    .innerJoin(environments, eq(environments.id, connections.environmentId))
    .leftJoin(people, eq(people.id, connections.ownerId))
    .where(
      and(
        which.connections,
        or(ne(connections.state, 'disconnected'), eq(connections.revocation, 'unconfirmed')),
      ),
    );
  const strayGrantCount = await tx.$count(strayGrants, and(which.strays, isNull(strayGrants.finishedAt)));
  const connected = rows.filter(({ state }) => state !== 'disconnecting' && state !== 'disconnected');
  return {
    connections: connected.length,
    serviceConnections: connected.filter(({ ownerId }) => ownerId === null).length,
    owners: countBy(
      connected.filter(({ ownerId }) => ownerId !== null),
      ({ ownerId, owner }) => [ownerId ?? '', owner ?? ''],
    ),
    environments: countBy(connected, ({ environmentId, environment }) => [environmentId, environment]),
    waiting: rows.filter(({ state }) => state === 'disconnecting').length,
    strayGrants: strayGrantCount,
    unsendable: rows.filter(({ state }) => state === 'disconnected').length,
  };
}

/** Counts rows by an id, because two may have one name. */
function countBy<Row>(rows: Row[], nameOf: (row: Row) => [id: string, name: string]): NamedCount[] {
  const counts = new Map<string, NamedCount>();
  for (const row of rows) {
    const [id, name] = nameOf(row);
    counts.set(id, { id, name, connections: (counts.get(id)?.connections ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.connections - a.connections || a.name.localeCompare(b.name));
}
