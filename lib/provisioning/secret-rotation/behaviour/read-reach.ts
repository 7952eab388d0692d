import { and, asc, eq, ne, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { notDeleted } from '@/lib/environments/queries';
import type { RotationReach } from '@/lib/provisioning/secret-rotation/types';

/** Whom it meets when the org revokes every grant of this app. In a system transaction: the grants are others'. */
export async function readReach(
  tx: Tx,
  { id, origin, clientId }: { id: string; origin: string; clientId: string },
): Promise<RotationReach> {
  const ofPeople = sql`${connections.flow} = 'authorization_code' AND ${connections.purpose} = 'runtime'`;
  const countWhere = (condition: ReturnType<typeof sql>) =>
    sql`count(*) FILTER (WHERE ${condition})`.mapWith(Number);
  const [counts] = await tx
    .select({
      people: sql`count(DISTINCT ${connections.ownerId}) FILTER (WHERE ${ofPeople})`.mapWith(Number),
      connections: countWhere(ofPeople),
      bootstrap: countWhere(sql`${connections.purpose} = 'bootstrap'`),
      service: countWhere(sql`${connections.flow} <> 'authorization_code'`),
    })
    .from(connections)
    .where(
      and(
        eq(connections.tokenHost, origin),
        eq(connections.clientId, clientId),
        sql`${connections.state} NOT IN ('needs_reconnect', 'disconnecting', 'disconnected')`,
      ),
    );
  const others = await tx
    .select({ name: environments.name })
    .from(environments)
    .where(
      and(
        ne(environments.id, id),
        eq(environments.origin, origin),
        eq(environments.clientId, clientId),
        notDeleted,
      ),
    )
    .orderBy(asc(environments.name));
  return {
    ...(counts ?? { people: 0, connections: 0, bootstrap: 0, service: 0 }),
    otherEnvironments: others.map(({ name }) => name),
  };
}
