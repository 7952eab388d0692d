import { eq } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connections } from '@/db/schema/connections';
import { appendAudit } from '@/lib/audit/append';
import { assertRole } from '@/lib/connections/custody/assert-role';
import { isConnectionId } from '@/lib/connections/queries';
import { leaseIsLive } from '@/lib/connections/refresh/claim';
import { withinOrNull } from '@/lib/connections/refresh/clock';
import { refreshPolicy } from '@/lib/connections/refresh/policy';
import { claimRevocation, type RevocationClaim, revokeClaimed } from '@/lib/connections/revoke';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';

/**
 * Disconnects anybody's connection, as an administrator, and revokes its grant at its token host. Its owner may
 * consent anew. Waits a bounded time for Salesforce; the page says how the revocation ended. A second call changes
 * nothing. Throws FORBIDDEN, NOT_FOUND.
 */
export async function revokeConnection(ctx: PersonContext, id: string): Promise<void> {
  assertRole(ctx, ['admin'], 'revoke the grants of others');
  const claim = await withSystem('revoked by an administrator', (tx) => markRevoked(tx, ctx, id));
  if (claim) {
    // The work goes on when Salesforce is slower than a person waits.
    await withinOrNull(revokeClaimed(claim, 'revoked by an administrator'), refreshPolicy().callerWaitMs);
  }
}

/** Null: nothing is left to send, or the holder of a running refresh will do it. */
async function markRevoked(tx: Tx, ctx: PersonContext, id: string): Promise<RevocationClaim | null> {
  const row = isConnectionId(id) ? await lock(tx, id) : undefined;
  if (!row) throw new AppError('NOT_FOUND', 'There is no such connection.');
  if (row.state === 'disconnecting' || row.state === 'disconnected') return null;
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

async function lock(tx: Tx, id: string) {
  const [row] = await tx
    .select({
      state: connections.state,
      grantId: connections.grantId,
      generation: connections.generation,
      leaseIsLive,
    })
    .from(connections)
    .where(eq(connections.id, id))
    .for('update');
  return row;
}
