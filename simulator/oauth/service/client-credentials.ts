import type { Exchange } from '@/simulator/exchange';
import { authenticateClient } from '@/simulator/oauth/client-auth';
import { oauthError } from '@/simulator/oauth/errors';
import { checkApp } from '@/simulator/oauth/service/check-app';
import { serviceAnswer } from '@/simulator/oauth/service/service-answer';
import type { SimResponse } from '@/simulator/types';

/** Never given to this flow ("OAuth 2.0 Client Credentials Flow for Server-to-Server Integration"). */
const STRIPPED = ['full', 'web', 'refresh_token', 'offline_access'];

/** `grant_type=client_credentials` (RFC 6749 §4.4): the app itself, as the user that its policies name. */
export function clientCredentialsGrant(exchange: Exchange): SimResponse {
  const client = authenticateClient(exchange, () => true);
  if ('refused' in client) return client.refused;
  const { app } = client;
  const refused = checkApp(app);
  if (refused) return refused;
  const user =
    app.clientCredentialsUser === null ? null : exchange.state.userByName(app.clientCredentialsUser);
  exchange.entry.username = user?.username ?? null;
  if (!user) return oauthError('invalid_grant', 'no client credentials user enabled');
  if (!user.isActive) return oauthError('inactive_user', 'user is inactive');
  const scopes = app.scopes.filter((scope) => !STRIPPED.includes(scope));
  return serviceAnswer(exchange, { app, user, scopes, omit: [] });
}
