import { and, eq, inArray, isNull, lte, not, or, sql } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connections } from '@/db/schema/connections';
import { leaseIsLive } from '@/lib/connections/refresh/lease';
import { refreshPolicy } from '@/lib/connections/refresh/policy';

/** Ids of connections whose settling is due, and of those that nobody refreshes although their lease has ended. */
export async function listUnsettled(limit: number): Promise<{ expired: string[]; due: string[] }> {
  const waited = sql`orgdock.now() - ${refreshPolicy().settleAfterMs} * interval '1 millisecond'`;
  const isDue = and(
    eq(connections.state, 'uncertain'),
    lte(connections.uncertainSince, waited),
    or(isNull(connections.settleUntil), lte(connections.settleUntil, databaseNow)),
  );
  const isExpired = and(eq(connections.state, 'refreshing'), not(leaseIsLive));
  const rows = await withSystem('settling', (tx) =>
    tx
      .select({ id: connections.id, state: connections.state })
      .from(connections)
      // The states first, for the index.
      .where(and(inArray(connections.state, ['uncertain', 'refreshing']), or(isDue, isExpired)))
      .limit(limit),
  );
  const idsOf = (state: string) => rows.filter((row) => row.state === state).map((row) => row.id);
  return { expired: idsOf('refreshing'), due: idsOf('uncertain') };
}
