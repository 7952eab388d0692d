import { and, eq, like } from 'drizzle-orm';
import { type Tx, withActor, withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { environmentSecrets, environments } from '@/db/schema/environments';
import { appendAudit } from '@/lib/audit/append';
import type { Context, PersonContext } from '@/lib/context';
import { pin } from '@/lib/environments/expected-org';
import { lockSlugs, readTakenSlugs } from '@/lib/environments/identity-providers/slugs';
import { openOAuthApp } from '@/lib/environments/oauth-app';
import { assertAdmin, notDeleted } from '@/lib/environments/queries';
import { type EnvironmentForm, parseEnvironmentForm } from '@/lib/environments/schema';
import { assertNoRotation } from '@/lib/environments/secret/open-rotation';
import { slugOf } from '@/lib/environments/slug';
import { AppError } from '@/lib/errors';
import { seal } from '@/lib/vault/seal';

/**
 * Creates an environment from its form; the slug comes from the name and never changes.
 * An administrator does this, or set-up as the system. Throws INVALID_INPUT, FORBIDDEN, CONFLICT.
 */
export async function createEnvironment(ctx: Context, input: unknown): Promise<{ id: string; slug: string }> {
  if (ctx.kind === 'person') assertAdmin(ctx);
  const { consumerSecret, removeSecret: _, ...form } = parseEnvironmentForm(input);
  return await inTransaction(ctx, async (tx) => {
    // Before anything is looked at: a double click must see what its first half has made.
    await lockSlugs(tx);
    const base = slugOf(form.name, new Set());
    const similar = await tx
      .select({
        slug: environments.slug,
        name: environments.name,
        origin: environments.origin,
        clientId: environments.clientId,
        deletedAt: environments.deletedAt,
      })
      .from(environments)
      .where(like(environments.slug, `${base}%`));
    if (
      similar.some(
        (row) =>
          row.deletedAt === null &&
          row.name === form.name &&
          row.origin === form.origin &&
          row.clientId === form.clientId,
      )
    ) {
      throw new AppError(
        'CONFLICT',
        `${form.name} is there already, with this address and this consumer key.`,
        {
          nextStep: 'Open it in the list of environments, or give this one another name.',
        },
      );
    }
    const slug = slugOf(form.name, await readTakenSlugs(tx));
    const [row] = await tx
      .insert(environments)
      .values({ ...form, slug })
      .onConflictDoNothing({ target: environments.slug })
      .returning({ id: environments.id });
    if (!row) throw changedMeanwhile();
    if (consumerSecret !== null) await storeSecret(tx, row.id, consumerSecret);
    await appendAudit(tx, ctx, {
      action: 'environment.create',
      subjectId: row.id,
      details: { after: { ...form, slug, hasSecret: consumerSecret !== null } },
    });
    return { id: row.id, slug };
  });
}

/**
 * Changes the environment of `slug` to what its form says. An empty secret keeps the stored one, unless the
 * org's address or the consumer key changed: a stored secret is never sent where it was not entered for.
 * Throws INVALID_INPUT, FORBIDDEN, NOT_FOUND.
 */
export async function updateEnvironment(
  ctx: PersonContext,
  input: { slug: string; form: unknown },
): Promise<void> {
  assertAdmin(ctx);
  const { consumerSecret, removeSecret, ...form } = parseEnvironmentForm(input.form);
  await withActor(ctx, async (tx) => {
    const before = await lockEnvironment(tx, input.slug);
    const moved = before.origin !== form.origin || before.clientId !== form.clientId;
    if (moved && before.hasSecret && consumerSecret === null && !removeSecret) throw secretNeeded();
    if (moved || consumerSecret !== null || removeSecret) await assertNoRotation(tx, before.id);
    await tx
      .update(environments)
      .set({ ...form, updatedAt: databaseNow, ...(moved ? { appChangedAt: databaseNow } : {}) })
      .where(eq(environments.id, before.id));
    if (consumerSecret !== null) await storeSecret(tx, before.id, consumerSecret, !moved);
    else if (removeSecret)
      await tx.delete(environmentSecrets).where(eq(environmentSecrets.environmentId, before.id));
    const changed = changedFields(before.form, form);
    const secretChanged = consumerSecret !== null || (removeSecret && before.hasSecret);
    if (Object.keys(changed.after).length === 0 && !secretChanged) return;
    await appendAudit(tx, ctx, {
      action: 'environment.update',
      subjectId: before.id,
      details: { ...changed, secretChanged },
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

type StoredForm = Omit<EnvironmentForm, 'consumerSecret' | 'removeSecret'>;

async function lockEnvironment(tx: Tx, slug: string) {
  const [row] = await tx
    .select()
    .from(environments)
    .where(and(eq(environments.slug, slug), notDeleted))
    .for('no key update');
  if (!row) throw new AppError('NOT_FOUND', 'There is no such environment.');
  const [secret] = await tx
    .select({ updatedAt: environmentSecrets.updatedAt })
    .from(environmentSecrets)
    .where(eq(environmentSecrets.environmentId, row.id));
  return { ...row, form: storedForm(row), hasSecret: secret !== undefined };
}

function storedForm(row: typeof environments.$inferSelect): StoredForm {
  const { name, kind, origin, clientId, apiVersion, scopes, allowSignIn, membership, access } = row;
  const { idleLimitDays, absoluteLimitDays, introspection, uncertainPolicy, readingHours } = row;
  return {
    ...{ name, kind, origin, clientId, apiVersion, scopes, allowSignIn, membership, access },
    ...{ idleLimitDays, absoluteLimitDays, introspection, uncertainPolicy, readingHours },
  };
}

/** `keepsBefore`: the one before stays until Salesforce has accepted the new one, which takes some minutes there. */
async function storeSecret(
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
      set: { consumerSecret, previousConsumerSecret, updatedAt: databaseNow },
    });
}

function changedFields(before: StoredForm, after: StoredForm) {
  const fields = Object.keys(after) as Array<keyof StoredForm>;
  const changed = fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  const pick = (form: StoredForm) => Object.fromEntries(changed.map((field) => [field, form[field]]));
  return { before: pick(before), after: pick(after) };
}

function inTransaction<T>(ctx: Context, work: (tx: Tx) => Promise<T>): Promise<T> {
  return ctx.kind === 'person' ? withActor(ctx, work) : withSystem(ctx.reason, work);
}

function secretNeeded(): AppError {
  const message =
    'Enter the consumer secret again: the stored one belongs to the address and consumer key before.';
  return new AppError('INVALID_INPUT', 'The environment was not saved: some fields need another look.', {
    details: { consumerSecret: message },
    nextStep: message,
  });
}

function changedMeanwhile(): AppError {
  return new AppError('CONFLICT', 'This environment was changed by somebody else meanwhile.', {
    nextStep: 'Reload the page and look at it again.',
  });
}
