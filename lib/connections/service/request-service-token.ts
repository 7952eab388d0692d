import { eq } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { environments } from '@/db/schema/environments';
import { openCredentials, type ServiceCredentials } from '@/lib/connections/service/credentials';
import { requestToken } from '@/lib/connections/service/request-token';
import type { ServiceFlow } from '@/lib/connections/types';
import { passwordFlowOff } from '@/lib/environments/password-flow';
import { AppError } from '@/lib/errors';
import type { OAuthApp, ServiceOutcome } from '@/lib/salesforce/types';

/** What the renewal of a service connection needs of the claim that it holds. */
export interface ServiceClaim {
  connectionId: string;
  environmentId: string;
  flow: ServiceFlow;
  app: OAuthApp;
  /** Whom the connection runs as: an answer in another name is not used. */
  orgId: string;
  userId: string;
  mayStillSend(): boolean;
}

/**
 * The renewal of a service connection, in the place of the spend of a refresh token: opens its credentials and asks
 * once for a new access token. Never throws; without credentials, or while the password flow is off, it is `unsent`.
 */
export async function requestServiceToken(claim: ServiceClaim): Promise<ServiceOutcome> {
  const { app, orgId, userId, mayStillSend } = claim;
  try {
    const credentials = await withSystem('service token', (tx) => readCredentials(tx, claim));
    return await requestToken(credentials, { app, expected: { orgId, userId }, mayStillSend });
  } catch (error) {
    if (error instanceof AppError) return { kind: 'unsent', error };
    throw error;
  }
}

async function readCredentials(tx: Tx, claim: ServiceClaim): Promise<ServiceCredentials> {
  const [environment] = await tx
    .select({ name: environments.name, allowed: environments.allowPasswordFlow })
    .from(environments)
    .where(eq(environments.id, claim.environmentId));
  if (claim.flow === 'password' && !environment?.allowed) throw passwordFlowOff(environment?.name ?? '');
  return await openCredentials(tx, claim);
}
