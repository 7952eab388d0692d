import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { secretRotations } from '@/db/schema/provisioning';
import { AppError } from '@/lib/errors';

/** SQL: a rotation that has neither ended nor been cancelled. */
export const openRotation = and(isNull(secretRotations.retiredAt), isNull(secretRotations.cancelledAt));

/** The rotation of an environment's secret that has neither ended nor been cancelled; null: there is none. */
export async function readOpenRotation(
  tx: Tx,
  environmentId: string,
): Promise<typeof secretRotations.$inferSelect | null> {
  const [row] = await tx
    .select()
    .from(secretRotations)
    .where(and(eq(secretRotations.environmentId, environmentId), openRotation))
    .orderBy(desc(secretRotations.stagedAt));
  return row ?? null;
}

/** Refuses another change of app or secret while two secrets are held. Throws CONFLICT. */
export async function assertNoRotation(tx: Tx, environmentId: string): Promise<void> {
  if ((await readOpenRotation(tx, environmentId)) === null) return;
  throw new AppError('CONFLICT', 'The consumer secret of this environment is being rotated.', {
    nextStep: 'Finish or cancel the rotation on the environment’s page “App” first.',
  });
}
