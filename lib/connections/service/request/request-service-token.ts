import { eq } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { environments } from '@/db/schema/environments';
import { openCredentials, type ServiceCredentials } from '@/lib/connections/service/credentials';
import { requestWithEitherSecret } from '@/lib/connections/service/request/request-with-either-secret';
import type { ServiceFlow } from '@/lib/connections/types';
import type { OAuthAppSecrets } from '@/lib/environments/oauth-app';
import { passwordFlowOff } from '@/lib/environments/password-flow';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { environmentDisabled } from '@/lib/people/access/refusals';
import { lostFault } from '@/lib/salesforce/oauth/refresh';
import type { ServiceOutcome } from '@/lib/salesforce/types';

/** What the renewal of a service connection needs of the claim that it holds. */
export interface ServiceClaim {
  connectionId: string;
  environmentId: string;
  flow: ServiceFlow;
  app: OAuthAppSecrets;
  /** Whom the connection runs as: an answer in another name is not used. */
  orgId: string;
  userId: string;
  lease: { mayStillSend(): boolean };
}

/** What a renewal came to, as the spend of a refresh token tells it; there is no refresh token to go on. */
export type ServiceSpend =
  | Exclude<ServiceOutcome, { kind: 'success' }>
  | (Extract<ServiceOutcome, { kind: 'success' }> & { spentToken: null; acceptedSecret: string | null });

/**
 * The renewal of a service connection, in the place of the spend of a refresh token: opens its credentials and asks
 * for a new access token, once; while an app has two secrets, a refusal of one is followed by one try with the other.
 * Never throws for what happens on the way; without credentials, while the environment is disabled or the password flow
 * is off, it is `unsent`.
 */
export async function requestServiceToken(claim: ServiceClaim): Promise<ServiceSpend> {
  try {
    const credentials = await withSystem('service token', (tx) => readCredentials(tx, claim));
    const { orgId, userId, lease, environmentId, app } = claim;
    const { outcome, acceptedSecret } = await requestWithEitherSecret(credentials, environmentId, {
      app,
      expected: { orgId, userId },
      mayStillSend: () => lease.mayStillSend(),
    });
    return outcome.kind === 'success' ? { ...outcome, spentToken: null, acceptedSecret } : outcome;
  } catch (error) {
    if (error instanceof AppError) return { kind: 'unsent', error };
    log().error({ err: error, connectionId: claim.connectionId }, 'a service token could not be asked for');
    return { kind: 'retry_later', fault: lostFault('Orgdock failed while it asked') };
  }
}

async function readCredentials(tx: Tx, claim: ServiceClaim): Promise<ServiceCredentials> {
  const [environment] = await tx
    .select({
      name: environments.name,
      status: environments.status,
      allowed: environments.allowPasswordFlow,
    })
    .from(environments)
    .where(eq(environments.id, claim.environmentId));
  if (environment?.status === 'disabled') throw environmentDisabled(environment.name);
  if (claim.flow === 'password' && !environment?.allowed) throw passwordFlowOff(environment?.name ?? '');
  return await openCredentials(tx, claim);
}
