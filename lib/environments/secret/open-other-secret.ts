import { withSystem } from '@/db/client';
import { type OAuthAppSecrets, openOAuthApp } from '@/lib/environments/oauth-app';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';

/**
 * The app with the secret that one further try is worth after `invalid_client`: the one before while two are held,
 * else one that became the present one after `app` was read. Null: there is none, or it cannot be read. Never throws.
 */
export async function openOtherSecret(
  environmentId: string,
  app: OAuthAppSecrets,
): Promise<OAuthAppSecrets | null> {
  if (app.previousSecret !== null) {
    return { ...app, clientSecret: app.previousSecret, previousSecret: null, sealedSecret: null };
  }
  try {
    const now = await withSystem('other secret', (tx) => openOAuthApp(tx, environmentId));
    const sameApp = now.tokenHost === app.tokenHost && now.clientId === app.clientId;
    return sameApp && now.clientSecret !== null && now.clientSecret !== app.clientSecret
      ? { ...now, previousSecret: null }
      : null;
  } catch (err) {
    log().warn({ err, environmentId }, 'whether an app has another secret could not be read');
    return null;
  }
}

/** Whether a refusal is one of the secret (RFC 6749 §5.2): Salesforce has not looked at code or token yet. */
export function refusesSecret(error: unknown): boolean {
  return error instanceof AppError && error.salesforce?.error === 'invalid_client';
}
