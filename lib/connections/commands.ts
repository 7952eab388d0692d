import { and, eq } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { connectionError } from '@/lib/connections/problem';
import { requireOwnConnection } from '@/lib/connections/queries';
import { withinOrNull } from '@/lib/connections/refresh/clock';
import { refreshPolicy } from '@/lib/connections/refresh/policy';
import { claimRevocation } from '@/lib/connections/revocation/claim';
import { markDisconnecting } from '@/lib/connections/revocation/mark-disconnecting';
import { finishRevocation, revokeClaimed } from '@/lib/connections/revocation/revoke';
import type { PersonContext } from '@/lib/context';

/**
 * Disconnects one's own connection and revokes its grant at its token host. Nothing more is read through it from
 * the first commit on. Waits a bounded time for Salesforce; the page says how the revocation ended, and one that
 * is not confirmed is tried again by the sweep. A second call changes nothing. Throws NOT_FOUND.
 */
export async function disconnectConnection(ctx: PersonContext, id: string): Promise<void> {
  const connection = await requireOwnConnection(ctx, id);
  const claim = await withSystem('disconnect', async (tx) => {
    const mine = and(eq(connections.id, connection.id), eq(connections.ownerId, ctx.personId));
    const [marked] = await markDisconnecting(tx, ctx, mine, 'disconnected by its owner');
    // A refresh that is in flight is revoked by its holder, with what Salesforce answers.
    if (!marked || marked.inFlight) return null;
    return await claimRevocation(tx, connection.id, { why: 'disconnected', trigger: 'disconnect' });
  });
  if (claim) await asLongAsOneWaits(revokeClaimed(claim));
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
async function asLongAsOneWaits(work: Promise<unknown>): Promise<void> {
  await withinOrNull(work, refreshPolicy().callerWaitMs);
}
