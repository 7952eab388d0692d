import { and, asc, inArray, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connections, serviceCredentials } from '@/db/schema/connections';
import { appendAudit } from '@/lib/audit/append';
import { leaseIsLive } from '@/lib/connections/refresh/lease';
import type { Context } from '@/lib/context';

/** States of a connection that serves calls, or may do so again. */
export const CONNECTED = ['idle', 'refreshing', 'uncertain', 'needs_reconnect'] as const;

export interface MarkedConnection {
  id: string;
  /** A refresh is in flight: its holder keeps the lease, and revokes what Salesforce answers. */
  inFlight: boolean;
}

/**
 * Disconnects connections: from the commit on nothing is read through them, in any process, and each waits to be
 * revoked, by the caller or by the sweep. In the caller's system transaction, which may already know who asks. A
 * connection that was disconnected before stays as it is.
 */
export async function markDisconnecting(
  tx: Tx,
  ctx: Context,
  which: SQL | undefined,
  why: string,
): Promise<MarkedConnection[]> {
  const rows = await tx
    .select({
      id: connections.id,
      state: connections.state,
      grantId: connections.grantId,
      generation: connections.generation,
      leaseIsLive,
    })
    .from(connections)
    .where(and(which, inArray(connections.state, [...CONNECTED])))
    .orderBy(asc(connections.id))
    .for('update');
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const inFlight = sql`${connections.state} = 'refreshing' AND ${leaseIsLive}`;
  await tx
    .update(connections)
    .set({
      state: 'disconnecting',
      revocation: 'pending',
      revocationTries: 0,
      revocationNextAt: sql`CASE WHEN ${inFlight} THEN NULL ELSE orgdock.now() END`,
      disconnectedAt: databaseNow,
      leaseOwner: sql`CASE WHEN ${inFlight} THEN ${connections.leaseOwner} END`,
      leaseUntil: sql`CASE WHEN ${inFlight} THEN ${connections.leaseUntil} END`,
    })
    .where(inArray(connections.id, ids));
  // What a service connection could get another token with; revoking takes only the tokens.
  await tx.delete(serviceCredentials).where(inArray(serviceCredentials.connectionId, ids));
  for (const { id, state, grantId, generation } of rows) {
    await appendAudit(tx, ctx, {
      action: 'connection.disconnect',
      subjectId: id,
      details: { grantId, generation, stateBefore: state, why },
    });
  }
  return rows.map((row) => ({ id: row.id, inFlight: row.state === 'refreshing' && row.leaseIsLive }));
}
