import type { Exchange } from '@/simulator/exchange';
import { authenticateClient } from '@/simulator/oauth/client-auth';
import { oauthError } from '@/simulator/oauth/errors';
import { tokenAnswer } from '@/simulator/oauth/token-answer';
import type { Grant } from '@/simulator/state/grants';
import { isLetIn } from '@/simulator/state/user-access';
import type { SimApp, SimResponse } from '@/simulator/types';

/** `grant_type=refresh_token`, with Refresh Token Rotation when the app has it on. */
export async function refreshGrant(exchange: Exchange): Promise<SimResponse> {
  const { state, form, entry } = exchange;
  const presented = form.get('refresh_token') ?? '';
  const known = state.grants.findRefreshToken(presented);
  // Looked at before anything can refuse the request: the token has left the client's hands either way.
  if (known?.state === 'consumed') entry.violation = 'consumed_at_token';
  const client = authenticateClient(exchange, (app) => app.secretRequiredForRefresh);
  if ('refused' in client) return client.refused;
  const { app } = client;
  if (!app.oauthEnabled) {
    return oauthError('oauth_flow_disabled', 'The external client app or the OAuth plugin is disabled.');
  }
  if (!known || known.grant.clientId !== app.clientId) return expired();
  const { grant } = known;
  entry.username = state.userById(grant.userId)?.username ?? null;
  if (known.state === 'consumed') {
    // "Any attempted reuse … results in the immediate revocation of the current refresh token and all
    // associated access tokens" (Knowledge article 005316711).
    state.grants.end(grant, 'replayed');
    return expired();
  }
  if (grant.inFlight) return oauthError('invalid_grant', 'token request is already being processed');
  grant.inFlight = true;
  try {
    await exchange.pause();
    return await spend(exchange, app, grant, presented);
  } finally {
    grant.inFlight = false;
  }
}

async function spend(exchange: Exchange, app: SimApp, grant: Grant, presented: string): Promise<SimResponse> {
  const { state } = exchange;
  const user = state.userById(grant.userId);
  // Asked after the pause: the grant may have been revoked while this request was being worked on.
  const isUsable = app.installed && !app.blocked && state.grants.isAlive(grant, app);
  if (!user || !isLetIn(user) || !isUsable || grant.refreshToken !== presented) return expired();
  if (app.preApproved !== null && !app.preApproved.includes(user.username)) {
    return oauthError('invalid_app_access', 'user is not admin approved to access this app');
  }
  const refreshToken = app.rotation ? state.grants.rotate(grant) : null;
  grant.lastUsedAt = state.clock.now();
  grant.uses += 1;
  exchange.ledger.countRefresh();
  return tokenAnswer(exchange, { app, user, grant, refreshToken, nonce: null });
}

/** Every way in which a refresh token ends reads the same. */
function expired(): SimResponse {
  return oauthError('invalid_grant', 'expired access/refresh token');
}
