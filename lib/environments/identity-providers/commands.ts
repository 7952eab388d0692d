import { eq, inArray } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { databaseNow, environments, identityProviderSecrets, identityProviders } from '@/db/schema';
import { appendAudit } from '@/lib/audit/append';
import type { PersonContext } from '@/lib/context';
import { assertWayInRemains } from '@/lib/environments/identity-providers/salesforce-sign-in';
import {
  type IdentityProviderForm,
  parseIdentityProviderForm,
} from '@/lib/environments/identity-providers/schema';
import { lockSlugs, readTakenSlugs } from '@/lib/environments/identity-providers/slugs';
import { slugOf } from '@/lib/environments/slug';
import { AppError } from '@/lib/errors';
import { discover } from '@/lib/openid/discover';
import { lockAdministrators } from '@/lib/people/roles/admins-stay';
import { seal } from '@/lib/vault/seal';

const REASON = 'identity providers';

/**
 * Stores an identity provider, disabled: `enableIdentityProvider` asks it first. The slug comes from the name and never
 * changes. Throws INVALID_INPUT, FORBIDDEN.
 */
export async function createIdentityProvider(ctx: PersonContext, input: unknown): Promise<{ slug: string }> {
  assertAdmin(ctx);
  const { clientSecret, removeSecret: _, ...form } = parseIdentityProviderForm(input);
  return await withSystem(REASON, async (tx) => {
    await assertEnvironmentsExist(tx, form);
    await lockSlugs(tx);
    const slug = slugOf(form.name, await readTakenSlugs(tx));
    const [row] = await tx
      .insert(identityProviders)
      .values({ ...form, slug, enabled: false })
      .returning({ id: identityProviders.id });
    if (!row) throw new AppError('UNAVAILABLE', 'The identity provider could not be stored.');
    if (clientSecret !== null) await storeSecret(tx, row.id, clientSecret);
    await appendAudit(tx, ctx, {
      action: 'identity_provider.create',
      subjectId: row.id,
      details: { after: { ...form, slug, hasSecret: clientSecret !== null } },
    });
    return { slug };
  });
}

/**
 * Changes a provider to what its form says. Another issuer or client id disables it until discovery has worked again, and
 * needs its secret anew: a stored one is never sent where it was not entered for. Throws INVALID_INPUT, FORBIDDEN,
 * NOT_FOUND, CONFLICT (the last way in).
 */
export async function updateIdentityProvider(
  ctx: PersonContext,
  input: { slug: string; form: unknown },
): Promise<void> {
  assertAdmin(ctx);
  const { clientSecret, removeSecret, ...form } = parseIdentityProviderForm(input.form);
  await withSystem(REASON, async (tx) => {
    await lockAdministrators(tx);
    const before = await lockProvider(tx, input.slug);
    await assertEnvironmentsExist(tx, form);
    const moved = before.issuer !== form.issuer || before.clientId !== form.clientId;
    if (moved && before.hasSecret && clientSecret === null && !removeSecret) throw secretNeeded();
    const enabled = before.enabled && !moved;
    // Nobody has come in through the new one yet.
    const proven = before.issuer === form.issuer ? {} : { lastSignInAt: null };
    await tx
      .update(identityProviders)
      .set({ ...form, ...proven, enabled, updatedAt: databaseNow })
      .where(eq(identityProviders.id, before.id));
    if (clientSecret !== null) await storeSecret(tx, before.id, clientSecret);
    else if (removeSecret) await deleteSecret(tx, before.id);
    const secretChanged = clientSecret !== null || (removeSecret && before.hasSecret);
    const changed = changedFields(before, { ...form, enabled });
    if (Object.keys(changed.after).length === 0 && !secretChanged) return;
    await assertWayInRemains(tx);
    await appendAudit(tx, ctx, {
      action: 'identity_provider.update',
      subjectId: before.id,
      details: { ...changed, secretChanged },
    });
  });
}

/** Opens a provider for signing in, after its discovery has worked. Throws what `discover` throws, FORBIDDEN, NOT_FOUND. */
export async function enableIdentityProvider(ctx: PersonContext, slug: string): Promise<void> {
  assertAdmin(ctx);
  const asked = await withSystem(REASON, (tx) => lockProvider(tx, slug));
  const { report } = await discover(asked.issuer, asked.hasSecret);
  await withSystem(REASON, async (tx) => {
    const provider = await lockProvider(tx, slug);
    if (provider.updatedAt.getTime() !== asked.updatedAt.getTime()) throw changedMeanwhile();
    if (provider.enabled) return;
    await tx
      .update(identityProviders)
      .set({ enabled: true, updatedAt: databaseNow })
      .where(eq(identityProviders.id, provider.id));
    await appendAudit(tx, ctx, {
      action: 'identity_provider.enable',
      subjectId: provider.id,
      details: { issuer: provider.issuer, origins: report.origins },
    });
  });
}

/** Stops signing in through a provider; sessions go on. Throws FORBIDDEN, NOT_FOUND, CONFLICT (the last way in). */
export async function disableIdentityProvider(ctx: PersonContext, slug: string): Promise<void> {
  assertAdmin(ctx);
  await withSystem(REASON, async (tx) => {
    await lockAdministrators(tx);
    const provider = await lockProvider(tx, slug);
    if (!provider.enabled) return;
    await tx
      .update(identityProviders)
      .set({ enabled: false, updatedAt: databaseNow })
      .where(eq(identityProviders.id, provider.id));
    await assertWayInRemains(tx);
    await appendAudit(tx, ctx, {
      action: 'identity_provider.disable',
      subjectId: provider.id,
      details: { why: 'by an administrator' },
    });
  });
}

/**
 * Deletes a provider with its secret. Identities stay: the same issuer, added again, knows its people. `confirmation` is
 * its name, typed. Throws FORBIDDEN, NOT_FOUND, INVALID_INPUT, CONFLICT (the last way in).
 */
export async function deleteIdentityProvider(
  ctx: PersonContext,
  input: { slug: string; confirmation: string },
): Promise<void> {
  assertAdmin(ctx);
  await withSystem(REASON, async (tx) => {
    await lockAdministrators(tx);
    const { id, slug, name, issuer } = await lockProvider(tx, input.slug);
    if (input.confirmation.trim() !== name) {
      throw new AppError('INVALID_INPUT', `Type the name of the identity provider: ${name}.`);
    }
    await tx.delete(identityProviders).where(eq(identityProviders.id, id));
    await assertWayInRemains(tx);
    await appendAudit(tx, ctx, {
      action: 'identity_provider.delete',
      subjectId: id,
      details: { slug, name, issuer },
    });
  });
}

function assertAdmin(ctx: PersonContext): void {
  if (ctx.role === 'admin') return;
  throw new AppError('FORBIDDEN', 'Only administrators manage identity providers.');
}

async function lockProvider(tx: Tx, slug: string) {
  const [row] = await tx
    .select()
    .from(identityProviders)
    .where(eq(identityProviders.slug, slug))
    .for('no key update');
  if (!row) throw new AppError('NOT_FOUND', 'There is no such identity provider.');
  const secrets = await tx.$count(
    identityProviderSecrets,
    eq(identityProviderSecrets.identityProviderId, row.id),
  );
  return { ...row, hasSecret: secrets > 0 };
}

async function assertEnvironmentsExist(
  tx: Tx,
  { groupMappings }: Pick<IdentityProviderForm, 'groupMappings'>,
): Promise<void> {
  const wanted = [...new Set(groupMappings.flatMap((row) => row.environmentIds))];
  if (wanted.length === 0) return;
  if ((await tx.$count(environments, inArray(environments.id, wanted))) === wanted.length) return;
  throw new AppError('INVALID_INPUT', 'A mapping names an environment that does not exist.', {
    details: { groupMappings: 'A mapping names an environment that does not exist. Reload the page.' },
  });
}

async function storeSecret(tx: Tx, identityProviderId: string, secret: string): Promise<void> {
  const clientSecret = await seal(secret, {
    table: 'identity_provider_secrets',
    column: 'client_secret',
    rowId: identityProviderId,
  });
  await tx
    .insert(identityProviderSecrets)
    .values({ identityProviderId, clientSecret })
    .onConflictDoUpdate({
      target: identityProviderSecrets.identityProviderId,
      set: { clientSecret, updatedAt: databaseNow },
    });
}

async function deleteSecret(tx: Tx, identityProviderId: string): Promise<void> {
  await tx
    .delete(identityProviderSecrets)
    .where(eq(identityProviderSecrets.identityProviderId, identityProviderId));
}

type Stored = Omit<IdentityProviderForm, 'clientSecret' | 'removeSecret'> & { enabled: boolean };

function changedFields(before: Stored, after: Stored) {
  const fields = Object.keys(after) as Array<keyof Stored>;
  const changed = fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  const pick = (row: Stored) => Object.fromEntries(changed.map((field) => [field, row[field]]));
  return { before: pick(before), after: pick(after) };
}

function secretNeeded(): AppError {
  const message = 'Enter the client secret again: the stored one belongs to the issuer and client id before.';
  return new AppError(
    'INVALID_INPUT',
    'The identity provider was not saved: some fields need another look.',
    {
      details: { clientSecret: message },
      nextStep: message,
    },
  );
}

function changedMeanwhile(): AppError {
  return new AppError('CONFLICT', 'This identity provider was changed by somebody else meanwhile.', {
    nextStep: 'Reload the page and look at it again.',
  });
}
