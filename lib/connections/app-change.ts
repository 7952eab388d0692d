import { sql } from 'drizzle-orm';
import { connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { makeCause } from '@/lib/connections/cause/cause-words';
import { wordsOfTime } from '@/lib/connections/cause/words-of-time';
import { RECONNECT } from '@/lib/connections/problem';
import type { ConnectionCause } from '@/lib/connections/types';
import { AppError } from '@/lib/errors';
import type { OAuthApp, RevokingApp } from '@/lib/salesforce/types';

/** SQL, joined with the environment: the app there is not the one that the connection's grant belongs to. */
export const appChanged = sql<boolean>`(${connections.tokenHost}, ${connections.clientId})
  <> (${environments.origin}, ${environments.clientId})`;

/** Why nothing of a grant may be refreshed that another app was given. */
export function appChangedError(at: Date): AppError {
  const day = at.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return new AppError('GRANT_APP_CHANGED', `The app of this environment was changed on ${day}.`, {
    nextStep: RECONNECT,
  });
}

/** The same as a cause: nobody had to be asked, because it was done here. */
export function appChangedCause(at: Date): ConnectionCause {
  const sentence = `An administrator of Orgdock gave this environment another app or address on ${wordsOfTime(at)}.`;
  return makeCause('app_changed', { certainty: 'certain', sentences: [sentence], alsoPossible: [] });
}

/**
 * What a grant is revoked with: the environment's app while it is the one that was granted, else nothing but the
 * token, at the grant's own host. A secret never goes where it was not entered for.
 */
export function revokingApp(app: OAuthApp, grant: { tokenHost: string; clientId: string }): RevokingApp {
  const { tokenHost, clientId } = grant;
  if (app.tokenHost === tokenHost && app.clientId === clientId) return app;
  return { tokenHost, clientId, clientSecret: null, anonymous: true };
}
