import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connectionSecrets, connections } from '@/db/schema/connections';
import { appendAudit } from '@/lib/audit/append';
import { noProblem } from '@/lib/connections/problem';
import type { GrantVersion } from '@/lib/connections/refresh/claim';
import { noLease } from '@/lib/connections/refresh/lease';
import type { SystemContext } from '@/lib/context';
import type { SalesforceFault } from '@/lib/errors';

/** Who acts when a revocation ends. */
export const revocationContext: SystemContext = { kind: 'system', reason: 'revocation', request: null };

const WHY = {
  ended: 'not needed: Salesforce had ended the grant',
  unknown: 'not sent: the refresh token may be a spent one',
};

/** Ends a disconnect without sending anything: the grant has ended already, or its token may be a spent one. */
export async function closeUnsent(tx: Tx, version: GrantVersion, standing: keyof typeof WHY): Promise<void> {
  const { connectionId, grantId, generation } = version;
  const ended = standing === 'ended';
  await tx
    .update(connections)
    .set({
      state: 'disconnected',
      revocation: ended ? 'none' : 'unconfirmed',
      ...noLease,
      ...(ended ? { ...noProblem, grantId: randomUUID() } : unconfirmed(null)),
    })
    .where(eq(connections.id, connectionId));
  if (ended) await deleteSecrets(tx, connectionId);
  await appendAudit(tx, revocationContext, {
    action: 'token.revoke',
    subjectId: connectionId,
    outcome: ended ? 'done' : 'failed',
    details: { grantId, generation, why: WHY[standing] },
  });
}

export async function deleteSecrets(tx: Tx, connectionId: string): Promise<void> {
  await tx.delete(connectionSecrets).where(eq(connectionSecrets.connectionId, connectionId));
}

/** The columns of a revocation that no org has confirmed. */
export function unconfirmed(fault: SalesforceFault | null) {
  return {
    problemCode: 'REVOCATION_UNCONFIRMED',
    problemError: fault?.error ?? null,
    problemDescription: fault?.description ?? null,
    problemStatus: fault?.status ?? null,
    problemAt: databaseNow,
  };
}
