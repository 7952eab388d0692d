import { eq } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { isConnectionId } from '@/lib/connections/queries';
import { withinOrNull } from '@/lib/connections/refresh/clock';
import { refreshPolicy } from '@/lib/connections/refresh/policy';
import { claimRevocation } from '@/lib/connections/revocation/claim';
import { markDisconnecting } from '@/lib/connections/revocation/mark-disconnecting';
import { revokeClaimed } from '@/lib/connections/revocation/revoke';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { assertRole } from '@/lib/people/assert-role';

const WHY = 'revoked by an administrator';

/**
 * Disconnects anybody's connection, as an administrator, and revokes its grant at its token host. Its owner may
 * consent anew. Waits a bounded time for Salesforce; the page says how the revocation ended. A second call changes
 * nothing. Throws FORBIDDEN, NOT_FOUND.
 */
export async function revokeConnection(ctx: PersonContext, id: string): Promise<void> {
  assertRole(ctx, ['admin'], 'revoke the grants of others');
  if (!isConnectionId(id)) throw notFound();
  const claim = await withSystem(WHY, async (tx) => {
    const it = eq(connections.id, id);
    const [found] = await tx.select({ id: connections.id }).from(connections).where(it);
    if (!found) throw notFound();
    const [marked] = await markDisconnecting(tx, ctx, it, WHY);
    // A refresh that is in flight is revoked by its holder, with what Salesforce answers.
    if (!marked || marked.inFlight) return null;
    return await claimRevocation(tx, id, { why: WHY, trigger: 'disconnect' });
  });
  // The work goes on when Salesforce is slower than a person waits.
  if (claim) await withinOrNull(revokeClaimed(claim), refreshPolicy().callerWaitMs);
}

function notFound(): AppError {
  return new AppError('NOT_FOUND', 'There is no such connection.');
}
