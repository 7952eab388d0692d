import { eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';

/** What a payload tells, and of which environment it is; null: of no single one. */
export interface EventData {
  environmentId: string | null;
  data: Record<string, unknown>;
}

/** A connection as receivers get it: ids, names and its state, never a token. Null: it is gone. */
export async function dataOfConnection(tx: Tx, connectionId: string): Promise<EventData | null> {
  const [row] = await tx
    .select({
      id: connections.id,
      alias: connections.alias,
      name: connections.name,
      orgId: connections.orgId,
      orgName: connections.orgName,
      username: connections.username,
      state: connections.state,
      code: connections.problemCode,
      error: connections.problemError,
      description: connections.problemDescription,
      environmentId: environments.id,
      slug: environments.slug,
      environmentName: environments.name,
    })
    .from(connections)
    .innerJoin(environments, eq(environments.id, connections.environmentId))
    .where(eq(connections.id, connectionId));
  if (!row) return null;
  const { id, alias, name, username, state } = row;
  return {
    environmentId: row.environmentId,
    data: {
      connection: { id, alias, name, username, state },
      org: { id: row.orgId, name: row.orgName },
      environment: { slug: row.slug, name: row.environmentName },
      problem:
        row.code === null
          ? null
          : { code: row.code, salesforce: row.error && { error: row.error, description: row.description } },
    },
  };
}

/** Null: it is gone. */
export async function dataOfEnvironment(tx: Tx, environmentId: string): Promise<EventData | null> {
  const [row] = await tx
    .select({ slug: environments.slug, name: environments.name })
    .from(environments)
    .where(eq(environments.id, environmentId));
  return row ? { environmentId, data: { environment: row } } : null;
}
