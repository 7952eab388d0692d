import { eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { environmentSecrets, environments } from '@/db/schema/environments';
import { appendAudit } from '@/lib/audit/append';
import type { Context } from '@/lib/context';
import { storeSecret } from '@/lib/environments/commands';
import { pin } from '@/lib/environments/expected-org';
import { lockSlugs } from '@/lib/environments/identity-providers/slugs';
import { assertAdmin } from '@/lib/environments/queries';
import { assertNoRotation } from '@/lib/environments/secret/open-rotation';
import { changesApp } from '@/lib/environments/settings';
import { inTransaction } from '@/lib/environments/transaction/in-transaction';
import { planAll } from '@/lib/environments/transfer/plan-all';
import { changesOf, type PlannedWrite } from '@/lib/environments/transfer/planned-write';
import { parseTransferFile } from '@/lib/environments/transfer/schema';
import type { ImportResult, OfferedSecrets, PlanKind } from '@/lib/environments/transfer/types';
import { AppError } from '@/lib/errors';

/**
 * Carries out the plan that was seen: all of what it creates and changes, or nothing; what it refuses and what needs a
 * secret is left out. For administrators and the command line. Throws INVALID_INPUT, FORBIDDEN, and CONFLICT when
 * something was changed since the plan was made.
 */
export async function applyImport(
  ctx: Context,
  input: { content: string; secrets: OfferedSecrets; seen: string },
): Promise<ImportResult> {
  if (ctx.kind === 'person') assertAdmin(ctx);
  const { content, secrets } = input;
  const entries = parseTransferFile(content);
  return await inTransaction(ctx, async (tx) => {
    await lockSlugs(tx);
    const { planned, seen } = await planAll(tx, { content, entries, secrets, toWrite: true });
    if (seen !== input.seen) throw changedMeanwhile();
    for (const { write } of planned) if (write) await carryOut(tx, ctx, write);
    const slugs = (...kinds: PlanKind[]) =>
      planned.filter(({ item }) => kinds.includes(item.kind)).map(({ item }) => item.slug);
    return {
      created: slugs('create'),
      changed: slugs('change'),
      unchanged: slugs('unchanged'),
      leftOut: slugs('refused', 'needs_secret'),
    };
  });
}

async function carryOut(tx: Tx, ctx: Context, write: PlannedWrite): Promise<void> {
  const { before, secret, moved, removesSecret, expectedOrg } = write;
  const environmentId = before === null ? await insert(tx, ctx, write) : await update(tx, ctx, write, before);
  if (secret !== null) await storeSecret(tx, environmentId, secret, before !== null && !moved);
  else if (removesSecret) {
    await tx.delete(environmentSecrets).where(eq(environmentSecrets.environmentId, environmentId));
  }
  if (expectedOrg) {
    await pin(tx, ctx, { environmentId, org: expectedOrg, before: before?.expectedOrgId ?? null });
  }
}

async function insert(tx: Tx, ctx: Context, write: PlannedWrite): Promise<string> {
  const { slug, settings, status, secret } = write;
  const [row] = await tx
    .insert(environments)
    .values({ ...settings, slug, status })
    .onConflictDoNothing({ target: environments.slug })
    .returning({ id: environments.id });
  if (!row) throw changedMeanwhile();
  await appendAudit(tx, ctx, {
    action: 'environment.create',
    subjectId: row.id,
    details: { after: { ...settings, slug, status, hasSecret: secret !== null }, via: viaOf(ctx) },
  });
  return row.id;
}

async function update(
  tx: Tx,
  ctx: Context,
  write: PlannedWrite,
  before: NonNullable<PlannedWrite['before']>,
): Promise<string> {
  const { settings, status, moved, secret, removesSecret } = write;
  const { id: subjectId } = before;
  if (changesApp(before.settings, settings, write)) await assertNoRotation(tx, subjectId);
  await tx
    .update(environments)
    .set({ ...settings, status, updatedAt: databaseNow, ...(moved ? { appChangedAt: databaseNow } : {}) })
    .where(eq(environments.id, subjectId));
  const changed = changesOf(write);
  const takenIntoUse = before.status === 'draft' && status !== 'draft';
  const secretChanged = secret !== null || removesSecret;
  if (Object.keys(changed.after).length > 0 || secretChanged || takenIntoUse) {
    await appendAudit(tx, ctx, {
      action: 'environment.update',
      subjectId,
      details: {
        before: { ...changed.before, ...(takenIntoUse ? { status: before.status } : {}) },
        after: { ...changed.after, ...(takenIntoUse ? { status } : {}) },
        secretChanged,
        via: viaOf(ctx),
      },
    });
  }
  if (before.status !== 'draft' && before.status !== status) {
    const action = status === 'disabled' ? 'environment.disable' : 'environment.enable';
    await appendAudit(tx, ctx, { action, subjectId, details: {} });
  }
  return subjectId;
}

function viaOf(ctx: Context): string {
  return ctx.kind === 'person' ? 'import' : ctx.reason;
}

function changedMeanwhile(): AppError {
  return new AppError('CONFLICT', 'Something of it was changed since the plan was made.', {
    nextStep: 'Make the plan again and look at it. Nothing was changed by this import.',
  });
}
