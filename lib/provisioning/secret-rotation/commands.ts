import { eq } from 'drizzle-orm';
import { type Tx, withActor } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { secretRotations } from '@/db/schema/provisioning';
import { appendAudit } from '@/lib/audit/append';
import type { PersonContext } from '@/lib/context';
import { assertAdmin } from '@/lib/environments/queries';
import { assertNoRotation, readOpenRotation } from '@/lib/environments/secret/open-rotation';
import { lockEnvironment } from '@/lib/environments/transaction/lock-environment';
import { AppError } from '@/lib/errors';
import { observeGrants, pickGrants } from '@/lib/provisioning/secret-rotation/behaviour/observe-grants';
import { discardAtOrg, stageAtOrg } from '@/lib/provisioning/secret-rotation/org/org-credentials';
import { learnFromOrg, type OpenRotation, tellOrg } from '@/lib/provisioning/secret-rotation/org/tell-org';
import { parseStageForm } from '@/lib/provisioning/secret-rotation/schema';
import { applyInVault } from '@/lib/provisioning/secret-rotation/vault/apply-in-vault';
import { lockConfidential } from '@/lib/provisioning/secret-rotation/vault/lock-confidential';
import {
  moveBack,
  openSecrets,
  stillUnconfirmed,
  storeStaged,
} from '@/lib/provisioning/secret-rotation/vault/move-secrets';

/** The secret that a rotation begins with, and where it comes from. */
interface NextSecret {
  secret: string;
  source: 'staged_credentials' | 'pasted';
  /** Salesforce's id of it. */
  credentialId: string | null;
}

/**
 * Lays a pasted secret beside the present one; nothing is sent to Salesforce with it yet. Throws INVALID_INPUT,
 * FORBIDDEN, NOT_FOUND, CONFLICT while another rotation is open or the environment has no secret.
 */
export async function stagePastedSecret(
  ctx: PersonContext,
  { slug, form }: { slug: string; form: unknown },
): Promise<void> {
  assertAdmin(ctx);
  const { nextSecret } = parseStageForm(form);
  const next: NextSecret = { secret: nextSecret, source: 'pasted', credentialId: null };
  await withActor(ctx, (tx) => storeNext(tx, ctx, slug, next));
}

/**
 * Lets the org make the next secret through its staged credentials and lays it beside the present one. One that was
 * staged there before and never arrived here is taken. Throws as `stagePastedSecret` does, and Salesforce's refusal.
 */
export async function stageSecretFromOrg(ctx: PersonContext, slug: string): Promise<void> {
  assertAdmin(ctx);
  const { environment, present } = await withActor(ctx, async (tx) => {
    const row = await lockConfidential(tx, slug);
    return { environment: row, ...(await assertStageable(tx, row.id)) };
  });
  const { id, secret } = await stageAtOrg(ctx, environment, present);
  const next: NextSecret = { secret, source: 'staged_credentials', credentialId: id };
  await withActor(ctx, async (tx) => {
    const now = await lockConfidential(tx, slug);
    if (now.origin !== environment.origin || now.clientId !== environment.clientId) throw movedMeanwhile();
    await storeNext(tx, ctx, slug, next);
  });
}

/**
 * Makes the staged secret the present one, keeps the one before for a second try, tells the org where it made the
 * secret, and looks what became of the grants. `confirmation`: the environment's name, unless this org is known to
 * keep grants or nobody holds one. Throws INVALID_INPUT, FORBIDDEN, NOT_FOUND, CONFLICT, Salesforce's refusal: then the
 * old secret is the present one again and the new one waits.
 */
export async function applyStagedSecret(
  ctx: PersonContext,
  { slug, confirmation }: { slug: string; confirmation: string },
): Promise<void> {
  assertAdmin(ctx);
  const before = await pickGrants(ctx, slug);
  const applied = await applyInVault(ctx, { slug, confirmation });
  if (applied.rotation.source === 'staged_credentials') await tellOrg(ctx, applied, { repeated: false });
  await observeGrants(applied.rotation.id, before);
}

/**
 * Asks the org which secret is its main one, when its answer to the rotation was lost or never came. Throws FORBIDDEN,
 * NOT_FOUND, CONFLICT, Salesforce's refusal.
 */
export async function askOrgAgain(ctx: PersonContext, slug: string): Promise<void> {
  assertAdmin(ctx);
  await learnFromOrg(ctx, await withActor(ctx, (tx) => requireTold(tx, slug)));
}

/** Tells the org once more to rotate, after an answer that never came. Throws as `applyStagedSecret` does. */
export async function tellOrgAgain(ctx: PersonContext, slug: string): Promise<void> {
  assertAdmin(ctx);
  const open = await withActor(ctx, (tx) => requireTold(tx, slug));
  if (await learnFromOrg(ctx, open)) return;
  const before = await pickGrants(ctx, slug);
  await tellOrg(ctx, { ...open, secretSince: null }, { repeated: true });
  await observeGrants(open.rotation.id, before);
}

/**
 * Ends a rotation that has not succeeded: the old secret stays, or becomes the present one again, and the new one is
 * deleted here and at the org that made it. Once applied, that org has to confirm that the new one is gone and the old
 * one its main one, since it might rotate later. Throws FORBIDDEN, NOT_FOUND, CONFLICT once the org has rotated.
 */
export async function cancelRotation(ctx: PersonContext, slug: string): Promise<void> {
  assertAdmin(ctx);
  const open = await withActor(ctx, (tx) => requireOpen(tx, slug));
  const { rotation, environment } = open;
  if (rotation.orgRotated === true) throw hasRotated();
  const { stagedCredentialId: stagedId } = rotation;
  let { orgRotated } = rotation;
  const discarded = stagedId === null ? null : await discardAtOrg(ctx, environment, stagedId);
  if (discarded !== null && rotation.appliedAt !== null) {
    if (!discarded) throw notDiscarded();
    if (await learnFromOrg(ctx, open)) throw hasRotated();
    orgRotated = false;
  }
  await withActor(ctx, async (tx) => {
    const { rotation: now } = await requireOpen(tx, slug);
    const environmentId = now.environmentId;
    if (now.orgRotated === true) throw hasRotated();
    // Applied meanwhile, the org may be about to rotate: what it has confirmed was said before that.
    const isAsRead = now.id === rotation.id && now.orgRotated === orgRotated;
    if (!isAsRead || now.appliedAt?.getTime() !== rotation.appliedAt?.getTime()) throw hasChanged();
    if (now.appliedAt === null) await storeStaged(tx, environmentId, null);
    else await moveBack(tx, environmentId, { keep: false, since: null });
    await tx.update(secretRotations).set({ cancelledAt: databaseNow }).where(eq(secretRotations.id, now.id));
    await appendAudit(tx, ctx, {
      action: 'environment.secret_cancel',
      subjectId: environmentId,
      details: { rotationId: now.id, discarded },
    });
  });
}

async function storeNext(tx: Tx, ctx: PersonContext, slug: string, next: NextSecret): Promise<void> {
  const { id: environmentId } = await lockConfidential(tx, slug);
  const { present } = await assertStageable(tx, environmentId);
  if (present === next.secret) throw sameSecret();
  await storeStaged(tx, environmentId, next.secret);
  const [rotation] = await tx
    .insert(secretRotations)
    .values({
      environmentId,
      startedBy: ctx.personId,
      source: next.source,
      stagedCredentialId: next.credentialId,
    })
    .returning({ id: secretRotations.id });
  await appendAudit(tx, ctx, {
    action: 'environment.secret_stage',
    subjectId: environmentId,
    details: { rotationId: rotation?.id ?? '', source: next.source },
  });
}

/** Throws CONFLICT: a rotation is open, the secret before is still held, or there is none. */
async function assertStageable(tx: Tx, environmentId: string): Promise<{ present: string }> {
  await assertNoRotation(tx, environmentId);
  const secrets = await openSecrets(tx, environmentId);
  if (secrets.previous !== null) throw stillUnconfirmed();
  return secrets;
}

async function requireOpen(tx: Tx, slug: string): Promise<OpenRotation> {
  const environment = await lockEnvironment(tx, slug);
  const rotation = await readOpenRotation(tx, environment.id);
  if (rotation) return { rotation, environment };
  throw new AppError('CONFLICT', 'No rotation of this secret is open any more.', {
    nextStep: 'Reload the page and look at it again.',
  });
}

/** One that the org was to be told of. */
async function requireTold(tx: Tx, slug: string): Promise<OpenRotation> {
  const open = await requireOpen(tx, slug);
  const { source, appliedAt } = open.rotation;
  if (source === 'staged_credentials' && appliedAt !== null) return open;
  throw new AppError('CONFLICT', 'There is nothing to tell the org.', {
    nextStep: 'Reload the page and look at it again.',
  });
}

function sameSecret(): AppError {
  const message = 'This is the secret that is in use already.';
  return new AppError('INVALID_INPUT', 'The secret was not staged: some fields need another look.', {
    details: { nextSecret: message },
    nextStep: 'Let Salesforce make a new one, and paste that.',
  });
}

function movedMeanwhile(): AppError {
  return new AppError('CONFLICT', 'The app of this environment was changed while the org staged a secret.', {
    nextStep: 'The secret belongs to the app before and was not stored. Reload the page and begin again.',
  });
}

function hasRotated(): AppError {
  return new AppError('CONFLICT', 'The org uses the new secret already.', {
    nextStep: 'Wait for the next refresh: it confirms the new secret and deletes the one before.',
  });
}

function hasChanged(): AppError {
  return new AppError('CONFLICT', 'Somebody else has gone on with this rotation meanwhile.', {
    nextStep: 'Reload the page and look at it again.',
  });
}

function notDiscarded(): AppError {
  return new AppError(
    'CONFLICT',
    'The org did not confirm that it deleted the new secret, so it may still rotate to it.',
    {
      nextStep:
        'Ask the org again, or give set-up access anew and cancel after that. Calls go on with both secrets.',
    },
  );
}
