import { eq, type SQL, sql } from 'drizzle-orm';
import { type Tx, withCustody } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { environmentChecks } from '@/db/schema/provisioning';
import { health, needsAttention } from '@/lib/connections/custody/list-grants';
import type { PersonContext } from '@/lib/context';
import type { ConnectionFlow, EnvironmentOverview } from '@/lib/custody/environment-overview/types';
import { listEnvironments, notDeleted } from '@/lib/environments/queries';

/**
 * All environments that are not deleted with how many connections they have and how those are, in the order of the list,
 * for administrators and auditors. Two queries, however many there are. Throws FORBIDDEN.
 */
export async function listEnvironmentOverviews(ctx: PersonContext): Promise<EnvironmentOverview[]> {
  const details = await listEnvironments(ctx);
  const facts = new Map((await withCustody(ctx, readFacts)).map(({ id, ...row }) => [id, row]));
  return details.map((detail) => ({ ...detail, ...toFacts(facts.get(detail.id)) }));
}

const ENDED = sql`${health} IN ('disconnected', 'revoking')`;
const HEALTHY = sql`${health} IN ('healthy', 'refreshing')`;

const countWhere = (condition: SQL) =>
  sql<number>`count(${connections.id}) FILTER (WHERE ${condition})`.mapWith(Number);

function readFacts(tx: Tx) {
  return tx
    .select({
      id: environments.id,
      healthy: countWhere(HEALTHY),
      needsAttention: countWhere(needsAttention),
      ended: countWhere(ENDED),
      flows: sql<
        ConnectionFlow[] | null
      >`array_agg(DISTINCT ${connections.flow} ORDER BY ${connections.flow}) FILTER (WHERE NOT ${ENDED})`,
      lastUsedAt: sql<Date | null>`max(${connections.lastUsedAt})`.mapWith(connections.lastUsedAt),
      lastCheck: sql<EnvironmentOverview['lastCheck']>`(
        SELECT json_build_object('state', ${environmentChecks.state}, 'at', ${environmentChecks.finishedAt})
        FROM ${environmentChecks}
        WHERE ${environmentChecks.environmentId} = ${environments.id}
        ORDER BY ${environmentChecks.startedAt} DESC LIMIT 1)`,
    })
    .from(environments)
    .leftJoin(connections, eq(connections.environmentId, environments.id))
    .where(notDeleted)
    .groupBy(environments.id);
}

/** An environment that was made between the two queries has nothing in custody. */
function toFacts(row: Omit<Awaited<ReturnType<typeof readFacts>>[number], 'id'> | undefined) {
  const { healthy = 0, needsAttention = 0, ended = 0, flows, lastUsedAt, lastCheck } = row ?? {};
  return {
    connections: { healthy, needsAttention, ended },
    flows: flows ?? [],
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    lastCheck: lastCheck ? { state: lastCheck.state, at: new Date(lastCheck.at).toISOString() } : null,
  };
}
