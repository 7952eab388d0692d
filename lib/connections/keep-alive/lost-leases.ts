import { and, asc, eq, not } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { markOutcomeUnknown } from '@/lib/connections/grant-row';
import { leaseIsLive } from '@/lib/connections/refresh/lease';
import { log } from '@/lib/log';

const AT_ONCE = 200;

/**
 * The health sweep. It looks at rows and never at Salesforce: the one question that would prove a grant alive is a
 * refresh, and every refresh is a risk. What it finds is a refresh whose holder died: nobody who uses the connection
 * need come along for its outcome to be called unknown, to be settled, and told to its owner. Everything else that ends
 * a grant is known only when Salesforce says so. Returns how many it marked.
 */
export async function sweepLostLeases(): Promise<number> {
  const rows = await withSystem('health sweep', (tx) =>
    tx
      .select({ id: connections.id })
      .from(connections)
      .where(and(eq(connections.state, 'refreshing'), not(leaseIsLive)))
      .orderBy(asc(connections.leaseUntil))
      .limit(AT_ONCE),
  );
  for (const { id } of rows) await markOutcomeUnknown(id);
  if (rows.length > 0) log().warn({ connections: rows.length }, 'refreshes whose holder did not come back');
  return rows.length;
}
