import type { ServiceCredentials } from '@/lib/connections/service/credentials';
import { requestToken } from '@/lib/connections/service/request/request-token';
import type { OAuthAppSecrets } from '@/lib/environments/oauth-app';
import { openOtherSecret } from '@/lib/environments/secret/open-other-secret';
import type { ServiceRequest } from '@/lib/salesforce/oauth/service/send-grant';
import type { ServiceOutcome } from '@/lib/salesforce/types';

/**
 * Asks for an access token, and once more with the app's other secret when Salesforce refuses one. `acceptedSecret`:
 * the present secret as it lies in the vault, when it was taken; a signed assertion says nothing of secrets.
 */
export async function requestWithEitherSecret(
  credentials: ServiceCredentials,
  environmentId: string,
  request: ServiceRequest & { app: OAuthAppSecrets },
): Promise<{ outcome: ServiceOutcome; acceptedSecret: string | null }> {
  const ask = async (app: OAuthAppSecrets) => {
    const outcome = await requestToken(credentials, { ...request, app });
    const confirms = outcome.kind === 'success' && credentials.flow !== 'jwt_bearer';
    return { outcome, acceptedSecret: confirms ? app.sealedSecret : null };
  };
  const first = await ask(request.app);
  const { outcome } = first;
  if (outcome.kind !== 'app_fault' || outcome.fault.error !== 'invalid_client') return first;
  const other = await openOtherSecret(environmentId, request.app);
  if (other === null) return first;
  const second = await ask(other);
  // The present secret is what an administrator has to look at.
  return second.outcome.kind === 'unsent' ? first : second;
}
