import { eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { environmentSecrets, environments } from '@/db/schema/environments';
import { AppError } from '@/lib/errors';
import type { OAuthApp } from '@/lib/salesforce/types';
import { open } from '@/lib/vault/seal';

/**
 * The app of an environment with its secret opened, for one OAuth call. Needs a system transaction: people
 * cannot read secrets. Throws NOT_FOUND, or the vault's errors. Never hand it to anything that renders.
 */
export async function openOAuthApp(systemTx: Tx, environmentId: string): Promise<OAuthApp> {
  const [row] = await systemTx
    .select({
      tokenHost: environments.origin,
      clientId: environments.clientId,
      sealedSecret: environmentSecrets.consumerSecret,
    })
    .from(environments)
    .leftJoin(environmentSecrets, eq(environmentSecrets.environmentId, environments.id))
    .where(eq(environments.id, environmentId));
  if (!row) throw new AppError('NOT_FOUND', 'This environment does not exist any more.');
  const { sealedSecret, ...app } = row;
  const place = { table: 'environment_secrets', column: 'consumer_secret', rowId: environmentId } as const;
  return { ...app, clientSecret: sealedSecret === null ? null : await open(sealedSecret, place) };
}
