import { and, eq } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connections } from '@/db/schema/connections';
import { appendAudit } from '@/lib/audit/append';
import { connectionError } from '@/lib/connections/problem';
import { requireOwnConnection } from '@/lib/connections/queries';
import { withinOrNull } from '@/lib/connections/refresh/clock';
import { leaseIsLive } from '@/lib/connections/refresh/lease';
import { refreshPolicy } from '@/lib/connections/refresh/policy';
import {
  claimRevocation,
  finishRevocation,
  type RevocationClaim,
  revokeClaimed,
} from '@/lib/connections/revoke';
import type { ConnectionId, PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';

/**
 * Disconnects one's own connection and revokes its grant at its token host. Nothing more is read through it from
 * the first commit on. Waits a bounded time for Salesforce; the page says how the revocation ended. A second call
 * changes nothing. Throws NOT_FOUND.
 */
export async function disconnectConnection(ctx: PersonContext, id: string): Promise<void> {
  const connection = await requireOwnConnection(ctx, id);
  const claim = await withSystem('disconnect', (tx) => markDisconnecting(tx, ctx, connection.id));
  if (claim) await asLongAsOneWaits(revokeClaimed(claim, 'disconnected'));
}

/** Asks Salesforce again to revoke. Throws NOT_FOUND, or REVOCATION_UNCONFIRMED when the token may not be sent. */
export async function retryRevocation(ctx: PersonContext, id: string): Promise<void> {
  const connection = await requireOwnConnection(ctx, id);
  await asLongAsOneWaits(finishRevocation(connection.id, 'asked for again'));
  const after = await requireOwnConnection(ctx, id);
  if (after.revocation === 'unconfirmed') {
    throw connectionError('REVOCATION_UNCONFIRMED', after.problem?.salesforce ?? null);
  }
}

/** The work goes on when Salesforce is slower than a person waits. */
async function asLongAsOneWaits(work: Promise<void>): Promise<void> {
  await withinOrNull(work, refreshPolicy().callerWaitMs);
}

/** Null: nothing is left to send, or the holder of a running refresh will do it. */
async function markDisconnecting(
  tx: Tx,
  ctx: PersonContext,
  id: ConnectionId,
): Promise<RevocationClaim | null> {
  const [row] = await tx
    .select({
      state: connections.state,
      grantId: connections.grantId,
      generation: connections.generation,
      leaseIsLive,
    })
    .from(connections)
    .where(and(eq(connections.id, id), eq(connections.ownerId, ctx.personId)))
    .for('update');
  if (!row) throw new AppError('NOT_FOUND', 'There is no such connection.');
  if (row.state === 'disconnecting' || row.state === 'disconnected') return null;
  // A refresh is in flight: its holder keeps the lease, and revokes what Salesforce answers.
  const inFlight = row.state === 'refreshing' && row.leaseIsLive;
  await tx
    .update(connections)
    .set({
      state: 'disconnecting',
      revocation: 'pending',
      disconnectedAt: databaseNow,
      ...(inFlight ? {} : { leaseOwner: null, leaseUntil: null }),
    })
    .where(eq(connections.id, id));
  await appendAudit(tx, ctx, {
    action: 'connection.disconnect',
    subjectId: id,
    details: { grantId: row.grantId, generation: row.generation, stateBefore: row.state },
  });
  return inFlight ? null : await claimRevocation(tx, id);
}
