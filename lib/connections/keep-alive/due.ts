import { and, eq, gt, isNotNull, isNull, lte, not, notInArray, or, sql } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { appChanged } from '@/lib/connections/app-change';
import { KEEP_ALIVE_HOURS_PER_DAY } from '@/lib/connections/keep-alive/forecast';

/** A connection whose refresh token idles too long. `cursor` is where the next page begins. */
export interface DueConnection {
  id: string;
  environmentId: string;
  generation: number;
  cursor: string;
}

const now = sql`(SELECT orgdock.now())`;

/** As text, with the microseconds that a Date of JavaScript has not. */
const cursor = sql<string>`${connections.retrievedAt}::text || ' ' || ${connections.id}::text`;

/**
 * One page of the connections that keep-alive is to refresh, the longest idle first. Left out: whoever switched it off,
 * what somebody is at already, and environments that are deleted, paused or have another app by now.
 */
export function listDue(page: {
  after: string | null;
  withoutEnvironments: string[];
  size: number;
}): Promise<DueConnection[]> {
  const [retrievedAt = '', id = ''] = page.after?.match(/^(.+) (\S+)$/)?.slice(1) ?? [];
  return withSystem('keep-alive', (tx) =>
    tx
      .select({
        id: connections.id,
        environmentId: connections.environmentId,
        generation: connections.generation,
        cursor,
      })
      .from(connections)
      .innerJoin(environments, eq(environments.id, connections.environmentId))
      .where(
        and(
          eq(connections.state, 'idle'),
          eq(connections.flow, 'authorization_code'),
          eq(connections.keepAlive, true),
          isNotNull(environments.idleLimitDays),
          lte(
            connections.retrievedAt,
            sql`${now} - ${environments.idleLimitDays} * ${KEEP_ALIVE_HOURS_PER_DAY} * interval '1 hour'`,
          ),
          isNull(environments.deletedAt),
          or(isNull(environments.appPausedUntil), lte(environments.appPausedUntil, now)),
          not(appChanged),
          notInArray(environments.id, page.withoutEnvironments),
          page.after === null
            ? undefined
            : gt(
                sql`(${connections.retrievedAt}, ${connections.id})`,
                sql`(${retrievedAt}::timestamptz, ${id}::uuid)`,
              ),
        ),
      )
      .orderBy(connections.retrievedAt, connections.id)
      .limit(page.size),
  );
}
