import { AppError, type SalesforceFault } from '@/lib/errors';
import type { OAuthApp } from './types';

/**
 * Asks with the app's present secret and, when that is refused as `invalid_client` while two secrets are held, once
 * more with the one before. For requests in which nothing is used up by such a refusal, since client authentication
 * comes first (RFC 6749 §3.2.1). `faultOf`: a refusal that `ask` returns instead of throwing it.
 */
export async function askWithEitherSecret<T>(
  app: OAuthApp,
  ask: (app: OAuthApp) => Promise<T>,
  faultOf: (answer: T) => SalesforceFault | null = () => null,
): Promise<T> {
  const { previousSecret = null } = app;
  if (previousSecret === null) return await ask(app);
  const again = () => ask({ ...app, clientSecret: previousSecret });
  try {
    const answer = await ask(app);
    return isRefusedSecret(faultOf(answer)) ? await again() : answer;
  } catch (error) {
    if (error instanceof AppError && isRefusedSecret(error.salesforce)) return await again();
    throw error;
  }
}

function isRefusedSecret(fault: SalesforceFault | null): boolean {
  return fault?.error === 'invalid_client';
}
