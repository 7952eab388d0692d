import type { Tx } from '@/db/client';
import { consentAttempts } from '@/db/schema/consent';
import { markDisconnecting } from '@/lib/connections/revocation/mark-disconnecting';
import { listOpenRevocations } from '@/lib/connections/revocation/sweep';
import type { OpenRevocation } from '@/lib/connections/revocation/work-through';
import type { Context } from '@/lib/context';
import { sqlOfScope } from '@/lib/custody/revoke-everything/scope';
import type { RevocationScope } from '@/lib/custody/types';

export interface MarkedScope {
  /** How many connections were disconnected now. */
  disconnected: number;
  /** Everything of the scope that is to be revoked, also what was disconnected before. */
  open: OpenRevocation[];
}

/**
 * Disconnects everything of a scope and forgets the consents under way, in the caller's system transaction. From
 * its commit on nothing of it is used in any process; what is open is for `workThrough`, and else for the sweep.
 */
export async function markScope(
  tx: Tx,
  ctx: Context,
  scope: RevocationScope,
  why: string,
): Promise<MarkedScope> {
  const which = sqlOfScope(scope);
  await tx.delete(consentAttempts).where(which.attempts);
  const marked = await markDisconnecting(tx, ctx, which.connections, why);
  return { disconnected: marked.length, open: await listOpenRevocations(tx, which) };
}
