import { asc, eq } from 'drizzle-orm';
import { type Tx, withActor, withSystem } from '@/db/client';
import { identityProviderSecrets, identityProviders } from '@/db/schema/access';
import type { PersonContext } from '@/lib/context';
import type {
  IdentityProviderChoice,
  IdentityProviderDetail,
} from '@/lib/environments/identity-providers/types';
import { redirectUriOf } from '@/lib/environments/redirect-uri';
import { AppError } from '@/lib/errors';
import { open } from '@/lib/vault/seal';

/** The providers that people may sign in through, by name. Public: asked before anyone is known. */
export function listSignInProviders(): Promise<IdentityProviderChoice[]> {
  return withSystem('sign-in page', (tx) =>
    tx
      .select({ slug: identityProviders.slug, name: identityProviders.name })
      .from(identityProviders)
      .where(eq(identityProviders.enabled, true))
      .orderBy(asc(identityProviders.name), asc(identityProviders.slug)),
  );
}

/** All identity providers, by name, for administrators and auditors. Throws FORBIDDEN. */
export async function listIdentityProviders(ctx: PersonContext): Promise<IdentityProviderDetail[]> {
  assertCustodian(ctx);
  const rows = await withActor(ctx, (tx) =>
    selectDetail(tx).orderBy(asc(identityProviders.name), asc(identityProviders.slug)),
  );
  return rows.map((row) => toDetail(row, ctx));
}

/** One identity provider for an administrator or auditor, or null. Throws FORBIDDEN. */
export async function getIdentityProvider(
  ctx: PersonContext,
  slug: string,
): Promise<IdentityProviderDetail | null> {
  assertCustodian(ctx);
  const [row] = await withActor(ctx, (tx) => selectDetail(tx).where(eq(identityProviders.slug, slug)));
  return row ? toDetail(row, ctx) : null;
}

/** As `getIdentityProvider`, but throws NOT_FOUND. */
export async function requireIdentityProvider(
  ctx: PersonContext,
  slug: string,
): Promise<IdentityProviderDetail> {
  const provider = await getIdentityProvider(ctx, slug);
  if (provider) return provider;
  throw new AppError('NOT_FOUND', 'There is no such identity provider.');
}

/**
 * The client secret of a provider, opened for one call; null for a public client. Needs a system transaction.
 * Throws the vault's errors. Never hand it to anything that renders.
 */
export async function openClientSecret(systemTx: Tx, identityProviderId: string): Promise<string | null> {
  const [row] = await systemTx
    .select({ sealed: identityProviderSecrets.clientSecret })
    .from(identityProviderSecrets)
    .where(eq(identityProviderSecrets.identityProviderId, identityProviderId));
  if (!row) return null;
  return await open(row.sealed, {
    table: 'identity_provider_secrets',
    column: 'client_secret',
    rowId: identityProviderId,
  });
}

function assertCustodian(ctx: PersonContext): void {
  if (ctx.role === 'admin' || ctx.role === 'auditor') return;
  throw new AppError('FORBIDDEN', 'Only administrators and auditors see identity providers.');
}

function selectDetail(tx: Tx) {
  return tx
    .select({ provider: identityProviders, secretUpdatedAt: identityProviderSecrets.updatedAt })
    .from(identityProviders)
    .leftJoin(identityProviderSecrets, eq(identityProviderSecrets.identityProviderId, identityProviders.id))
    .$dynamic();
}

type DetailRow = Awaited<ReturnType<typeof selectDetail>>[number];

function toDetail({ provider, secretUpdatedAt }: DetailRow, ctx: PersonContext): IdentityProviderDetail {
  const { id, slug, name, issuer, clientId, scopes, groupsClaim, groupMappings } = provider;
  const { admitsUnknown, enabled, lastSignInAt } = provider;
  const updatedAt = secretUpdatedAt?.toISOString() ?? null;
  return {
    ...{ id, slug, name, issuer, clientId, scopes, groupsClaim, groupMappings, admitsUnknown, enabled },
    redirectUri: redirectUriOf(slug),
    // Row-level security hides the row of the secret from auditors: they could not tell a public client.
    secret: ctx.role === 'admin' ? { stored: updatedAt !== null, updatedAt } : null,
    lastSignInAt: lastSignInAt?.toISOString() ?? null,
  };
}
