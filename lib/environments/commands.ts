import { and, eq } from 'drizzle-orm';
import { type Tx, withActor } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { environmentSecrets, environments } from '@/db/schema/environments';
import { appendAudit } from '@/lib/audit/append';
import type { Context, PersonContext } from '@/lib/context';
import { pin } from '@/lib/environments/expected-org';
import { lockSlugs, readTakenSlugs } from '@/lib/environments/identity-providers/slugs';
import { openOAuthApp } from '@/lib/environments/oauth-app';
import { assertAdmin, notDeleted } from '@/lib/environments/queries';
import { parseEnvironmentForm } from '@/lib/environments/schema';
import { assertNoRotation } from '@/lib/environments/secret/open-rotation';
import {
  changedSettings,
  changesApp,
  type EnvironmentSettings,
  movesApp,
  settingsOf,
} from '@/lib/environments/settings';
import { slugOf } from '@/lib/environments/slug';
import { inTransaction } from '@/lib/environments/transaction/in-transaction';
import { lockEnvironment } from '@/lib/environments/transaction/lock-environment';
import { AppError } from '@/lib/errors';
import { seal } from '@/lib/vault/seal';

/**
 * Creates an environment, or a draft of one, from its form; the slug comes from the name and never changes.
 * An administrator does this, or set-up as the system. `clonedFrom`: slug, for the audit log. Throws INVALID_INPUT,
 * FORBIDDEN, CONFLICT.
 */
export async function createEnvironment(
  ctx: Context,
  input: unknown,
  clonedFrom?: string,
): Promise<{ id: string; slug: string }> {
  if (ctx.kind === 'person') assertAdmin(ctx);
  const { consumerSecret, removeSecret: _, saveAs: status, ...form } = parseEnvironmentForm(input);
  return await inTransaction(ctx, async (tx) => {
    // Before anything is looked at: a double click must see what its first half has made.
    await lockSlugs(tx);
    const same = and(
      notDeleted,
      eq(environments.name, form.name),
      eq(environments.origin, form.origin),
      eq(environments.clientId, form.clientId),
    );
    if ((await tx.$count(environments, same)) > 0) throw sameThere(form);
    const slug = slugOf(form.name, await readTakenSlugs(tx));
    const [row] = await tx
      .insert(environments)
      .values({ ...form, slug, status })
      .onConflictDoNothing({ target: environments.slug })
      .returning({ id: environments.id });
    if (!row) throw changedMeanwhile();
    if (consumerSecret !== null) await storeSecret(tx, row.id, consumerSecret);
    await appendAudit(tx, ctx, {
      action: 'environment.create',
      subjectId: row.id,
      details: {
        after: {
          ...form,
          slug,
          status,
          hasSecret: consumerSecret !== null,
          ...(clonedFrom ? { clonedFrom } : {}),
        },
      },
    });
    return { id: row.id, slug };
  });
}

/**
 * Changes the environment of `slug` to what its form says, and writes nothing when that is what it is; a draft that is
 * complete becomes active. An empty secret keeps the stored one, unless the org's address or the consumer key changed: a
 * stored secret is never sent where it was not entered for. Throws INVALID_INPUT, FORBIDDEN, NOT_FOUND, CONFLICT (it is
 * in use, so it cannot be a draft).
 */
export async function updateEnvironment(
  ctx: PersonContext,
  input: { slug: string; form: unknown },
): Promise<void> {
  assertAdmin(ctx);
  const { consumerSecret, removeSecret, saveAs, ...form } = parseEnvironmentForm(input.form);
  await withActor(ctx, async (tx) => {
    const before = await lockWithForm(tx, input.slug);
    if (saveAs === 'draft' && before.status !== 'draft') throw inUse(before.name);
    const status = before.status === 'draft' ? saveAs : before.status;
    const moved = movesApp(before.form, form);
    if (moved && before.hasSecret && consumerSecret === null && !removeSecret) throw secretNeeded();
    const secretChange = { secret: consumerSecret, removesSecret: removeSecret };
    if (changesApp(before.form, form, secretChange)) await assertNoRotation(tx, before.id);
    const changed = changedSettings(before.form, form);
    const activated = status !== before.status;
    const secretChanged = consumerSecret !== null || (removeSecret && before.hasSecret);
    if (Object.keys(changed.after).length === 0 && !secretChanged && !activated) return;
    await tx
      .update(environments)
      .set({ ...form, status, updatedAt: databaseNow, ...(moved ? { appChangedAt: databaseNow } : {}) })
      .where(eq(environments.id, before.id));
    if (consumerSecret !== null) await storeSecret(tx, before.id, consumerSecret, !moved);
    else if (removeSecret)
      await tx.delete(environmentSecrets).where(eq(environmentSecrets.environmentId, before.id));
    await appendAudit(tx, ctx, {
      action: 'environment.update',
      subjectId: before.id,
      details: {
        before: { ...changed.before, ...(activated ? { status: before.status } : {}) },
        after: { ...changed.after, ...(activated ? { status } : {}) },
        secretChanged,
      },
    });
  });
}

/** Pins the environment to the org that was proposed and seen as `orgId`. Throws FORBIDDEN, NOT_FOUND, CONFLICT. */
export async function pinExpectedOrg(
  ctx: PersonContext,
  input: { slug: string; orgId: string },
): Promise<void> {
  assertAdmin(ctx);
  await withActor(ctx, async (tx) => {
    const environment = await lockEnvironment(tx, input.slug);
    if (environment.expectedOrgId === input.orgId) return;
    if (environment.proposedOrgId !== input.orgId) throw changedMeanwhile();
    const org = { id: input.orgId, name: environment.proposedOrgName };
    await pin(tx, ctx, { environmentId: environment.id, org, before: environment.expectedOrgId });
  });
}

async function lockWithForm(tx: Tx, slug: string) {
  const row = await lockEnvironment(tx, slug);
  const [secret] = await tx
    .select({ updatedAt: environmentSecrets.updatedAt })
    .from(environmentSecrets)
    .where(eq(environmentSecrets.environmentId, row.id));
  return { ...row, form: settingsOf(row), hasSecret: secret !== undefined };
}

/**
 * Seals the secret of an environment. `keepsBefore`: the one before stays until Salesforce has accepted the new one,
 * which takes some minutes there.
 */
export async function storeSecret(
  tx: Tx,
  environmentId: string,
  secret: string,
  keepsBefore = false,
): Promise<void> {
  const place = { table: 'environment_secrets', rowId: environmentId } as const;
  const consumerSecret = await seal(secret, { ...place, column: 'consumer_secret' });
  const before = keepsBefore ? (await openOAuthApp(tx, environmentId)).clientSecret : null;
  const previousConsumerSecret =
    before === null || before === secret
      ? null
      : await seal(before, { ...place, column: 'previous_consumer_secret' });
  await tx
    .insert(environmentSecrets)
    .values({ environmentId, consumerSecret })
    .onConflictDoUpdate({
      target: environmentSecrets.environmentId,
      set: { consumerSecret, previousConsumerSecret, stagedConsumerSecret: null, updatedAt: databaseNow },
    });
}

function secretNeeded(): AppError {
  const message =
    'Enter the consumer secret again: the stored one belongs to the address and consumer key before.';
  return new AppError('INVALID_INPUT', 'The environment was not saved: some fields need another look.', {
    details: { consumerSecret: message },
    nextStep: message,
  });
}

function sameThere({ name, clientId }: Pick<EnvironmentSettings, 'name' | 'clientId'>): AppError {
  const what = clientId === '' ? 'as a draft' : 'with this address and this consumer key';
  return new AppError('CONFLICT', `${name} is there already, ${what}.`, {
    nextStep: 'Open it in the list of environments, or give this one another name.',
  });
}

function inUse(name: string): AppError {
  return new AppError('CONFLICT', `${name} is in use, so it cannot become a draft again.`, {
    nextStep: 'Save it with all its fields, or disable it on its overview.',
  });
}

function changedMeanwhile(): AppError {
  return new AppError('CONFLICT', 'This environment was changed by somebody else meanwhile.', {
    nextStep: 'Reload the page and look at it again.',
  });
}
