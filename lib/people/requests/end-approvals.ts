import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { approvalRequests } from '@/db/schema/provisioning';

/**
 * Whoever has connected waits for no Salesforce administrator any more: their links of this environment end. In the
 * system transaction that stores the grant, whose audit row says it.
 */
export async function endApprovals(
  systemTx: Tx,
  { personId, environmentId }: { personId: string; environmentId: string },
): Promise<void> {
  await systemTx
    .update(approvalRequests)
    .set({ endedAt: databaseNow, ended: 'connected' })
    .where(
      and(
        eq(approvalRequests.personId, personId),
        eq(approvalRequests.environmentId, environmentId),
        isNull(approvalRequests.endedAt),
      ),
    );
}
