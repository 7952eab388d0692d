import { and, eq, inArray } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { tokenStanding } from '@/lib/connections/revocation/standing';
import { sqlOfScope } from '@/lib/custody/revoke-everything/scope';
import type { RevocationScope } from '@/lib/custody/types';

/**
 * Of the connections of a scope that are to be disconnected: how many tokens are not sent, because they may be spent ones,
 * and how many need not be, because Salesforce has ended the grant. In a system transaction.
 */
export async function countUnsent(
  tx: Tx,
  scope: RevocationScope,
): Promise<{ unsendable: number; ended: number }> {
  const troubled = await tx
    .select({
      connectionId: connections.id,
      grantId: connections.grantId,
      generation: connections.generation,
    })
    .from(connections)
    .where(
      and(
        sqlOfScope(scope).connections,
        inArray(connections.state, ['uncertain', 'needs_reconnect']),
        eq(connections.flow, 'authorization_code'),
      ),
    );
  const counts = { current: 0, unknown: 0, ended: 0 };
  for (const version of troubled) counts[await tokenStanding(tx, version)] += 1;
  return { unsendable: counts.unknown, ended: counts.ended };
}
