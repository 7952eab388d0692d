import { and, eq, isNull } from 'drizzle-orm';
import { withActor, withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { secretRotations } from '@/db/schema/provisioning';
import { appendAudit } from '@/lib/audit/append';
import type { PersonContext } from '@/lib/context';
import { readOpenRotation } from '@/lib/environments/secret/open-rotation';
import { type EnvironmentRow, lockEnvironment } from '@/lib/environments/transaction/lock-environment';
import { AppError } from '@/lib/errors';
import { readKnownBehaviour } from '@/lib/provisioning/secret-rotation/behaviour/known-behaviour';
import { readReach } from '@/lib/provisioning/secret-rotation/behaviour/read-reach';
import { moveForward } from '@/lib/provisioning/secret-rotation/vault/move-secrets';

/** A rotation whose new secret Orgdock sends first from now on. */
export interface AppliedRotation {
  rotation: typeof secretRotations.$inferSelect;
  environment: EnvironmentRow;
  /** Since when the old secret was in use; null: not known any more. */
  secretSince: Date | null;
}

/**
 * The one transaction after which the new secret is the present one. Whom it may meet is counted in it, and unless the
 * org is known to keep grants the environment's name has to be typed. Throws INVALID_INPUT, NOT_FOUND, CONFLICT.
 */
export async function applyInVault(
  ctx: PersonContext,
  { slug, confirmation }: { slug: string; confirmation: string },
): Promise<AppliedRotation> {
  const reach = await withSystem('secret rotation', async (tx) =>
    readReach(tx, await lockEnvironment(tx, slug)),
  );
  return await withActor(ctx, async (tx) => {
    const environment = await lockEnvironment(tx, slug);
    const { id: environmentId, name } = environment;
    const { behaviour } = await readKnownBehaviour(tx, environment);
    const grants = reach.connections + reach.bootstrap;
    if (behaviour !== 'keeps_old' && grants > 0 && confirmation.trim() !== name) throw notConfirmed(name);
    const open = await readOpenRotation(tx, environmentId);
    if (!open || open.appliedAt !== null) throw nothingStaged();
    const secretSince = await moveForward(tx, environmentId);
    const [rotation] = await tx
      .update(secretRotations)
      .set({ appliedAt: databaseNow, orgRotated: null })
      .where(and(eq(secretRotations.id, open.id), isNull(secretRotations.appliedAt)))
      .returning();
    if (!rotation) throw nothingStaged();
    await appendAudit(tx, ctx, {
      action: 'environment.secret_apply',
      subjectId: environmentId,
      details: {
        rotationId: rotation.id,
        source: rotation.source,
        behaviour,
        people: reach.people,
        connections: grants,
      },
    });
    return { rotation, environment, secretSince };
  });
}

function notConfirmed(name: string): AppError {
  return new AppError('INVALID_INPUT', `Type “${name}” to confirm.`, {
    details: { confirmation: `This is not “${name}”.` },
    nextStep: `Nobody knows yet whether this org ends the grants. Type “${name}” exactly as it is written.`,
  });
}

function nothingStaged(): AppError {
  return new AppError('CONFLICT', 'No secret waits to be applied any more.', {
    nextStep: 'Reload the page and look at it again.',
  });
}
