import { randomUUID } from 'node:crypto';
import { and, eq, or, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { appendAudit } from '@/lib/audit/append';
import { leaseIsLive } from '@/lib/connections/refresh/lease';
import { deleteSecrets, revocationContext } from '@/lib/connections/revocation/close-unsent';
import { isGivenUp } from '@/lib/connections/revocation/forget/given-up';

/**
 * Deletes the sealed tokens of a disconnected grant that is not sent any more, although Salesforce may count it still. An
 * answer to a refresh that comes all the same then belongs to nobody: whoever lands it revokes it. In the caller's system
 * transaction. False: somebody is at work on it, or the connection holds another grant by now.
 */
export async function forgetGrant(
  tx: Tx,
  { connectionId, grantId, why }: { connectionId: string; grantId: string; why: string },
): Promise<boolean> {
  const [row] = await tx
    .update(connections)
    .set({ state: 'disconnected', grantId: randomUUID() })
    .where(
      and(
        eq(connections.id, connectionId),
        eq(connections.grantId, grantId),
        or(eq(connections.state, 'disconnected'), isGivenUp),
        sql`NOT ${leaseIsLive}`,
      ),
    )
    .returning({ generation: connections.generation });
  if (!row) return false;
  await deleteSecrets(tx, connectionId);
  await appendAudit(tx, revocationContext, {
    action: 'token.forget',
    subjectId: connectionId,
    details: { grantId, generation: row.generation, why },
  });
  return true;
}
