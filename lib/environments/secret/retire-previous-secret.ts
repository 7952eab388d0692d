import { and, eq, isNotNull, isNull, notExists, or, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { environmentSecrets } from '@/db/schema/environments';
import { secretRotations } from '@/db/schema/provisioning';
import { appendAudit } from '@/lib/audit/append';

interface Acceptance {
  environmentId: string;
  /** The accepted secret as it lies in the vault: it says nothing about one that was stored since. */
  sealedSecret: string;
}

/**
 * Salesforce has accepted the present secret, so the one before is deleted and the rotation that brought it ends. A
 * staged secret works beside the main one before the org rotates and dies after 30 days unless it does: until the org
 * has said so, both are kept. In the transaction that stores the success; does nothing when no secret waits.
 */
export async function retirePreviousSecret(
  tx: Tx,
  { environmentId, sealedSecret }: Acceptance,
): Promise<void> {
  const rotating = and(
    eq(secretRotations.environmentId, environmentId),
    isNotNull(secretRotations.appliedAt),
    isNull(secretRotations.retiredAt),
    isNull(secretRotations.cancelledAt),
  );
  const onlyStaged = tx
    .select({ one: sql`1` })
    .from(secretRotations)
    .where(
      and(
        rotating,
        eq(secretRotations.source, 'staged_credentials'),
        or(isNull(secretRotations.orgRotated), eq(secretRotations.orgRotated, false)),
      ),
    );
  const [retired] = await tx
    .update(environmentSecrets)
    .set({ previousConsumerSecret: null })
    .where(
      and(
        eq(environmentSecrets.environmentId, environmentId),
        isNotNull(environmentSecrets.previousConsumerSecret),
        eq(environmentSecrets.consumerSecret, sealedSecret),
        notExists(onlyStaged),
      ),
    )
    .returning({ environmentId: environmentSecrets.environmentId });
  if (!retired) return;
  const [rotation] = await tx
    .update(secretRotations)
    .set({ retiredAt: databaseNow })
    .where(rotating)
    .returning({ id: secretRotations.id });
  await appendAudit(
    tx,
    { kind: 'system', reason: 'secret rotation', request: null },
    {
      action: 'environment.secret_retired',
      subjectId: environmentId,
      details: { rotationId: rotation?.id ?? null },
    },
  );
}
