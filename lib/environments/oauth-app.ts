import { eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { environmentSecrets, environments } from '@/db/schema/environments';
import { AppError } from '@/lib/errors';
import type { OAuthApp, OAuthSettings } from '@/lib/salesforce/types';
import { open } from '@/lib/vault/seal';

/** An app with the secret before its present one, while Salesforce has not accepted the new one yet. */
export interface OAuthAppSecrets extends OAuthApp {
  previousSecret: string | null;
}

type EnvironmentRow = typeof environments.$inferSelect;

/** The app of a row of environments without its secret, for what needs none: the authorize URL. */
export function publicOAuthApp(row: EnvironmentRow): OAuthApp & { clientSecret: null } {
  return {
    tokenHost: row.origin,
    clientId: row.clientId,
    clientSecret: null,
    settings: oauthSettingsOf(row),
  };
}

/**
 * The app of an environment with its secret opened, for one OAuth call; that of a public client is left closed. Needs a
 * system transaction: people cannot read secrets. Throws NOT_FOUND, or the vault's errors. Never hand it to anything
 * that renders.
 */
export async function openOAuthApp(systemTx: Tx, environmentId: string): Promise<OAuthApp> {
  const { previousSecret: _, ...app } = await openOAuthAppSecrets(systemTx, environmentId);
  return app;
}

/** As `openOAuthApp`, with both secrets of an app whose secret is being rotated. */
export async function openOAuthAppSecrets(systemTx: Tx, environmentId: string): Promise<OAuthAppSecrets> {
  const [row] = await systemTx
    .select({
      environment: environments,
      sealed: environmentSecrets.consumerSecret,
      sealedPrevious: environmentSecrets.previousConsumerSecret,
    })
    .from(environments)
    .leftJoin(environmentSecrets, eq(environmentSecrets.environmentId, environments.id))
    .where(eq(environments.id, environmentId));
  if (!row) throw new AppError('NOT_FOUND', 'This environment does not exist any more.');
  const app = publicOAuthApp(row.environment);
  if (row.environment.clientType === 'public') return { ...app, previousSecret: null };
  return {
    ...app,
    clientSecret: await openSecret(row.sealed, 'consumer_secret', environmentId),
    previousSecret: await openSecret(row.sealedPrevious, 'previous_consumer_secret', environmentId),
  };
}

function oauthSettingsOf(row: EnvironmentRow): OAuthSettings {
  return {
    clientAuthentication: row.clientAuthentication,
    refreshScopes: row.sendScopeOnRefresh ? row.scopes : null,
    authorizeParameters: row.authorizeParameters,
    tokenParameters: row.tokenParameters,
    tokenHeaders: row.tokenHeaders,
    authorizeUrl: row.authorizeUrl,
    tokenUrl: row.tokenUrl,
    patienceMs: row.authenticationTimeoutSeconds * 1_000,
    headerPrefix: row.headerPrefix,
  };
}

async function openSecret(
  sealed: string | null,
  column: 'consumer_secret' | 'previous_consumer_secret',
  rowId: string,
): Promise<string | null> {
  return sealed === null ? null : await open(sealed, { table: 'environment_secrets', column, rowId });
}
