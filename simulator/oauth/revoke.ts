import type { Endpoint, Exchange } from '@/simulator/exchange';
import { empty } from '@/simulator/http/respond';
import { authenticateClient } from '@/simulator/oauth/client-auth';
import { oauthError } from '@/simulator/oauth/errors';
import type { SimResponse } from '@/simulator/types';

const PATH = '/services/oauth2/revoke';

export const revokeByPostEndpoint: Endpoint = {
  method: 'POST',
  pattern: PATH,
  parameters: [],
  form: ['token', 'token_type_hint', 'client_id', 'client_secret'],
  handle: (exchange) => revoke(exchange, exchange.form.get('token')),
};

export const revokeByGetEndpoint: Endpoint = {
  method: 'GET',
  pattern: PATH,
  parameters: ['token'],
  handle: (exchange) => revoke(exchange, exchange.request.query.get('token')),
};

/** "Revoke OAuth Tokens": a refresh token takes its access tokens with it, an access token only itself. */
function revoke(exchange: Exchange, token: string | null): SimResponse {
  const { state, form, entry, request } = exchange;
  const presented = token ?? '';
  const known = state.grants.findRefreshToken(presented);
  if (known?.state === 'consumed') entry.violation = 'consumed_at_revoke';
  if (form.has('client_id') || request.headers.authorization !== undefined) {
    const client = authenticateClient(exchange, () => false);
    if ('refused' in client) return client.refused;
  }
  if (known) {
    const { grant } = known;
    entry.username = state.userById(grant.userId)?.username ?? null;
    const wasAlive = grant.ended === null;
    state.grants.end(grant, known.state === 'consumed' ? 'replayed' : 'revoked');
    state.forgetApprovalWithoutGrant(grant.userId, grant.clientId);
    return wasAlive && known.state === 'current' ? empty(200) : invalidToken();
  }
  const accessToken = state.grants.findAccessToken(presented);
  if (accessToken) {
    entry.username = state.userById(accessToken.grant.userId)?.username ?? null;
    if (!state.grants.isLive(accessToken)) return invalidToken();
    accessToken.revoked = true;
    return empty(200);
  }
  return looksLikeToken(presented)
    ? invalidToken()
    : oauthError('unsupported_token_type', 'this token type is not supported');
}

function looksLikeToken(value: string): boolean {
  return /^00D[A-Za-z0-9]{12}!/.test(value) || value.startsWith('5Aep');
}

function invalidToken(): SimResponse {
  return oauthError('invalid_token', 'invalid token');
}
