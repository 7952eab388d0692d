import { withSystem } from '@/db/client';
import type { OAuthAppSecrets } from '@/lib/environments/oauth-app';
import { openOtherSecret, refusesSecret } from '@/lib/environments/secret/open-other-secret';
import { retirePreviousSecret } from '@/lib/environments/secret/retire-previous-secret';
import { log } from '@/lib/log';
import { type CodeExchange, exchangeCode } from '@/lib/salesforce/oauth/exchange';
import type { TokenAnswer } from '@/lib/salesforce/types';

/**
 * Exchanges an authorization code, and once more with the app's other secret when Salesforce refuses one: the code is
 * looked at after the client (RFC 6749 §4.1.3), so it is unspent then. A present secret that was accepted retires the
 * one before. Throws as `exchangeCode` does.
 */
export async function exchangeWithEitherSecret(
  environmentId: string,
  request: CodeExchange & { app: OAuthAppSecrets },
): Promise<TokenAnswer> {
  const { app } = request;
  try {
    const answer = await exchangeCode(request);
    if (app.previousSecret !== null) await confirm(environmentId, app);
    return answer;
  } catch (error) {
    const other = refusesSecret(error) ? await openOtherSecret(environmentId, app) : null;
    if (other === null) throw error;
    const answer = await exchangeCode({ ...request, app: other });
    await confirm(environmentId, other);
    return answer;
  }
}

/** A consent does not fail for this: the next refresh confirms the secret as well. */
async function confirm(environmentId: string, { sealedSecret }: OAuthAppSecrets): Promise<void> {
  if (sealedSecret === null) return;
  try {
    await withSystem('secret rotation', (tx) => retirePreviousSecret(tx, { environmentId, sealedSecret }));
  } catch (err) {
    log().warn({ err, environmentId }, 'that a new secret was accepted could not be written down');
  }
}
