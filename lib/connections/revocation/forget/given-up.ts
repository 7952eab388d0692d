import { and, eq, gt, isNull, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connections } from '@/db/schema/connections';

/** SQL: no org has confirmed the revocation, and nobody tries any more. */
export const isGivenUp = and(
  eq(connections.state, 'disconnecting'),
  eq(connections.revocation, 'unconfirmed'),
  gt(connections.revocationTries, 0),
  isNull(connections.revocationNextAt),
);

/**
 * Begins the days of trying anew for connections that wait to be revoked; what was given up is tried again at once. Else it
 * would have one more try, or none, before its tokens are deleted.
 */
export async function tryAnew(tx: Tx, which: SQL | undefined): Promise<void> {
  await tx
    .update(connections)
    .set({
      disconnectedAt: databaseNow,
      revocationNextAt: sql`CASE WHEN ${isGivenUp} THEN orgdock.now() ELSE ${connections.revocationNextAt} END`,
    })
    .where(and(which, eq(connections.state, 'disconnecting')));
}
