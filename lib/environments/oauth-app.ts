import { eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { environmentSecrets, environments } from '@/db/schema/environments';
import { AppError } from '@/lib/errors';
import type { OAuthApp } from '@/lib/salesforce/types';
import { open } from '@/lib/vault/seal';

/** An app with the secret before its present one, while Salesforce has not accepted the new one yet. */
export interface OAuthAppSecrets extends OAuthApp {
  previousSecret: string | null;
  /**
   * The present secret as it lies in the vault, by which an accepted secret is known again. Null: there is none, or
   * `clientSecret` is another one than the present one.
   */
  sealedSecret: string | null;
}

/**
 * The app of an environment with its secrets opened, for one OAuth call. Needs a system transaction: people
 * cannot read secrets. Throws NOT_FOUND, or the vault's errors. Never hand it to anything that renders.
 */
export async function openOAuthApp(systemTx: Tx, environmentId: string): Promise<OAuthAppSecrets> {
  const [row] = await systemTx
    .select({
      tokenHost: environments.origin,
      clientId: environments.clientId,
      sealedSecret: environmentSecrets.consumerSecret,
      sealedPrevious: environmentSecrets.previousConsumerSecret,
    })
    .from(environments)
    .leftJoin(environmentSecrets, eq(environmentSecrets.environmentId, environments.id))
    .where(eq(environments.id, environmentId));
  if (!row) throw new AppError('NOT_FOUND', 'This environment does not exist any more.');
  const { sealedPrevious, ...app } = row;
  return {
    ...app,
    clientSecret: await openSecret(app.sealedSecret, 'consumer_secret', environmentId),
    previousSecret: await openSecret(sealedPrevious, 'previous_consumer_secret', environmentId),
  };
}

async function openSecret(
  sealed: string | null,
  column: 'consumer_secret' | 'previous_consumer_secret',
  rowId: string,
): Promise<string | null> {
  return sealed === null ? null : await open(sealed, { table: 'environment_secrets', column, rowId });
}
