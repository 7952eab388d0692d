import { and, eq, gt, isNull, type SQL } from 'drizzle-orm';
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

/** Puts connections whose revocation was given up back into the queue, for one more try at least. */
export async function queueGivenUp(tx: Tx, which: SQL | undefined): Promise<void> {
  await tx.update(connections).set({ revocationNextAt: databaseNow }).where(and(which, isGivenUp));
}
