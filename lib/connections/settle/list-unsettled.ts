import { and, asc, eq, isNull, lte, or, sql } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connections } from '@/db/schema/connections';
import { refreshPolicy } from '@/lib/connections/refresh/policy';

/** Ids of uncertain connections whose settling is due, longest uncertain first. */
export async function listUnsettled(limit: number): Promise<string[]> {
  const waited = sql`orgdock.now() - ${refreshPolicy().settleAfterMs} * interval '1 millisecond'`;
  const rows = await withSystem('settling', (tx) =>
    tx
      .select({ id: connections.id })
      .from(connections)
      .where(
        and(
          eq(connections.state, 'uncertain'),
          lte(connections.uncertainSince, waited),
          or(isNull(connections.settleUntil), lte(connections.settleUntil, databaseNow)),
        ),
      )
      .orderBy(asc(connections.uncertainSince))
      .limit(limit),
  );
  return rows.map((row) => row.id);
}
