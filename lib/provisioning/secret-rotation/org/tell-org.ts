import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { type Tx, withActor } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { environments } from '@/db/schema/environments';
import { secretRotations } from '@/db/schema/provisioning';
import { appendAudit } from '@/lib/audit/append';
import type { PersonContext } from '@/lib/context';
import { AppError, toProblem } from '@/lib/errors';
import { readMainSecret, rotateAtOrg } from '@/lib/provisioning/secret-rotation/org/org-credentials';
import type { AppliedRotation } from '@/lib/provisioning/secret-rotation/vault/apply-in-vault';
import { moveBack, openSecrets } from '@/lib/provisioning/secret-rotation/vault/move-secrets';

/** A rotation that has not ended, with its environment. */
export type OpenRotation = Pick<AppliedRotation, 'rotation' | 'environment'>;
type Rotation = AppliedRotation['rotation'];

/**
 * Tells the org to make the staged secret its main one. A clear refusal takes the new secret back and is thrown; an
 * answer that was lost leaves both secrets in use and the org is asked which one it took. `repeated`: an earlier request
 * may have run, so a refusal takes nothing back before the org says that it has not rotated. Calls go on in every case.
 */
export async function tellOrg(
  ctx: PersonContext,
  applied: AppliedRotation,
  { repeated }: { repeated: boolean },
): Promise<void> {
  const { rotation, environment } = applied;
  try {
    await rotateAtOrg(ctx, environment, rotation.stagedCredentialId ?? '');
  } catch (error) {
    if (!isRefusal(error)) await noteRotated(ctx, rotation, null, error);
    // What this finds out is written down; that it cannot ask either says nothing more.
    const rotated = await learnFromOrg(ctx, applied).catch(() => null);
    if (!isRefusal(error) || rotated === true) return;
    if (repeated && rotated === null) {
      await noteRotated(ctx, rotation, null, error);
      throw unclear(error);
    }
    await takeBack(ctx, applied, error);
    throw refused(error);
  }
  await noteRotated(ctx, rotation, true);
}

/**
 * Reads the org's main secret, which tells whether it has rotated, writes that down and answers it. An org that has not
 * may still do so: a request that was lost on the way can arrive late, so nothing is taken back here. Throws what the
 * org says, CONFLICT when its main secret is a third one.
 */
export async function learnFromOrg(
  ctx: PersonContext,
  { rotation, environment }: OpenRotation,
): Promise<boolean> {
  const main = await readMainSecret(ctx, environment);
  const { present, previous } = await withActor(ctx, (tx) => openSecrets(tx, environment.id));
  if (main === present || main === previous) {
    await noteRotated(ctx, rotation, main === present);
    return main === present;
  }
  throw new AppError('CONFLICT', 'The org’s main secret is neither the new one nor the one before.', {
    nextStep:
      'Somebody has rotated it in Salesforce. Cancel here, and paste the secret that the org has now.',
  });
}

/** Not executed, whatever comes later. Everything else after the request was written may have been. */
function isRefusal(error: unknown): error is AppError {
  if (!(error instanceof AppError)) return false;
  const status = error.salesforce?.status ?? null;
  if (status !== null) return status >= 400 && status < 500 && status !== 408;
  return error.code === 'CONFLICT' || error.code === 'MISCONFIGURED';
}

async function noteRotated(
  ctx: PersonContext,
  rotation: Rotation,
  rotated: boolean | null,
  error: unknown = null,
): Promise<void> {
  await withActor(ctx, async (tx) => {
    const [row] = await tx
      .update(secretRotations)
      .set({ orgRotated: rotated })
      .where(isApplied(rotation))
      .returning({ id: secretRotations.id });
    if (row) await auditTold(tx, ctx, rotation, rotated, error);
  });
}

async function takeBack(
  ctx: PersonContext,
  { rotation, secretSince }: AppliedRotation,
  error: AppError,
): Promise<void> {
  const { environmentId } = rotation;
  await withActor(ctx, async (tx) => {
    await tx
      .select({ id: environments.id })
      .from(environments)
      .where(eq(environments.id, environmentId))
      .for('no key update');
    const [stillApplied] = await tx
      .select({ id: secretRotations.id })
      .from(secretRotations)
      .where(isApplied(rotation))
      .for('update');
    if (!stillApplied) throw hasMovedOn(error);
    await moveBack(tx, environmentId, { keep: true, since: secretSince });
    await tx
      .update(secretRotations)
      .set({ appliedAt: null, orgRotated: false, stagedAt: databaseNow })
      .where(isThis(rotation));
    await auditTold(tx, ctx, rotation, false, error);
    await appendAudit(tx, ctx, {
      action: 'environment.secret_take_back',
      subjectId: environmentId,
      details: { rotationId: rotation.id, why: 'the org refused to rotate' },
    });
  });
}

const isThis = ({ id }: Rotation) =>
  and(eq(secretRotations.id, id), isNull(secretRotations.retiredAt), isNull(secretRotations.cancelledAt));

/** In use, and nobody knows that the org has rotated: what is known of that is never overwritten. */
const isApplied = (rotation: Rotation) =>
  and(
    isThis(rotation),
    isNotNull(secretRotations.appliedAt),
    sql`${secretRotations.orgRotated} IS DISTINCT FROM true`,
  );

async function auditTold(
  tx: Tx,
  ctx: PersonContext,
  rotation: Rotation,
  rotated: boolean | null,
  error: unknown,
): Promise<void> {
  const problem = error === null ? null : toProblem(error);
  await appendAudit(tx, ctx, {
    action: 'environment.secret_tell_org',
    subjectId: rotation.environmentId,
    outcome: problem === null ? 'done' : 'failed',
    details: {
      rotationId: rotation.id,
      rotated,
      ...(problem && {
        error: problem.salesforce?.error ?? problem.code,
        description: problem.salesforce?.description ?? problem.message,
        status: problem.salesforce?.status ?? null,
      }),
    },
  });
}

function refused(error: AppError): AppError {
  return new AppError('CONFLICT', `The org did not rotate the secret: ${error.message}`, {
    nextStep: `${error.nextStep ?? 'Look at the app in Salesforce.'} The old secret is in use as before, and the new one waits.`,
    ...(error.salesforce ? { salesforce: error.salesforce } : {}),
  });
}

function unclear(error: AppError): AppError {
  return new AppError('CONFLICT', `The org refused this time: ${error.message}`, {
    nextStep:
      'It cannot be asked whether it rotated at the request before, so both secrets stay in use. Mend what it refuses, then ask the org again.',
    ...(error.salesforce ? { salesforce: error.salesforce } : {}),
  });
}

function hasMovedOn(error: AppError): AppError {
  return new AppError(
    'CONFLICT',
    `Somebody else has gone on with this rotation meanwhile: ${error.message}`,
    {
      nextStep: 'Reload the page and look at it again.',
      ...(error.salesforce ? { salesforce: error.salesforce } : {}),
    },
  );
}
