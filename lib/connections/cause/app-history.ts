import { and, eq, ne, sql } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { environmentSecrets, environments } from '@/db/schema/environments';

/** What happened to the app of an environment and to everybody’s connections of it: counts and times, no names. */
export interface AppHistory {
  origin: string;
  appType: 'external_client_app' | 'connected_app';
  createdAt: Date;
  /** When key or address of the app were last changed here. */
  appChangedAt: Date;
  /** When the consumer secret was last entered here; null: there is none. */
  secretChangedAt: Date | null;
  /** Connections that are not disconnected. */
  connections: number;
  /** Of these, how many have the same problem, and since when. */
  failing: number;
  failingSince: Date | null;
  /** When Salesforce last gave tokens to one of them with the app as it is. */
  lastWorkedAt: Date | null;
  now: Date;
}

/** The history of an environment’s app; null: there is no such environment. `code`: the problem that is counted. */
export async function readAppHistory(environmentId: string, code: string): Promise<AppHistory | null> {
  const same = sql`${connections.problemCode} = ${code}`;
  const ofThisApp = sql`${connections.tokenHost} = ${environments.origin} AND ${connections.clientId} = ${environments.clientId}`;
  const [row] = await withSystem('history of an app', (tx) =>
    tx
      .select({
        origin: environments.origin,
        appType: environments.appType,
        createdAt: environments.createdAt,
        appChangedAt: environments.appChangedAt,
        secretChangedAt: environmentSecrets.updatedAt,
        connections: sql`count(${connections.id})`.mapWith(Number),
        failing: sql`count(*) FILTER (WHERE ${same})`.mapWith(Number),
        failingSince: sql<Date | null>`min(${connections.problemAt}) FILTER (WHERE ${same})`.mapWith(
          connections.problemAt,
        ),
        lastWorkedAt: sql<Date | null>`max(${connections.retrievedAt}) FILTER (WHERE ${ofThisApp})`.mapWith(
          connections.retrievedAt,
        ),
        now: sql<Date>`orgdock.now()`.mapWith(connections.retrievedAt),
      })
      .from(environments)
      .leftJoin(environmentSecrets, eq(environmentSecrets.environmentId, environments.id))
      .leftJoin(
        connections,
        and(eq(connections.environmentId, environments.id), ne(connections.state, 'disconnected')),
      )
      .where(eq(environments.id, environmentId))
      .groupBy(environments.id, environmentSecrets.environmentId),
  );
  return row ?? null;
}
