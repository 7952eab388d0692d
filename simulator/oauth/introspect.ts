import type { Endpoint, Exchange } from '@/simulator/exchange';
import { json } from '@/simulator/http/respond';
import { authenticateClient } from '@/simulator/oauth/client-auth';
import { identityUrlOf } from '@/simulator/oauth/identity-facts';
import type { Grant } from '@/simulator/state/grants';
import { isLetIn } from '@/simulator/state/user-access';
import type { SimApp, SimResponse } from '@/simulator/types';

export const introspectEndpoint: Endpoint = {
  method: 'POST',
  pattern: '/services/oauth2/introspect',
  parameters: [],
  form: ['token', 'token_type_hint', 'client_id', 'client_secret'],
  handle: introspect,
};

/** "OpenID Connect Token Introspection": the one place that tells when an access token ends. */
function introspect(exchange: Exchange): SimResponse {
  const client = authenticateClient(exchange, () => true);
  if ('refused' in client) return client.refused;
  const presented = exchange.form.get('token') ?? '';
  return (
    introspectRefreshToken(exchange, client.app, presented) ??
    introspectAccessToken(exchange, client.app, presented) ??
    json(200, { active: false })
  );
}

function introspectAccessToken(exchange: Exchange, app: SimApp, value: string): SimResponse | null {
  const { grants, org } = exchange.state;
  const token = grants.findAccessToken(value);
  if (!token || !grants.isLive(token)) return null;
  const seconds = Math.floor(token.issuedAt / 1000);
  const exp = Math.floor((token.lastUsedAt + org.sessionTimeoutMs) / 1000);
  return describeToken(exchange, app, token.grant, {
    token_type: 'access_token',
    exp,
    iat: seconds,
    nbf: seconds,
  });
}

function introspectRefreshToken(exchange: Exchange, app: SimApp, value: string): SimResponse | null {
  const { state, entry } = exchange;
  const known = state.grants.findRefreshToken(value);
  if (!known) return null;
  if (known.state === 'consumed') {
    entry.introspectedConsumed = true;
    if (state.modes.introspectionRevokes) state.grants.end(known.grant, 'introspected');
    return null;
  }
  if (!state.grants.isAlive(known.grant, app)) return null;
  const seconds = Math.floor(known.grant.lastUsedAt / 1000);
  return describeToken(exchange, app, known.grant, {
    token_type: 'refresh_token',
    iat: seconds,
    nbf: seconds,
  });
}

/** Tokens of another app or of an inactive user are inactive, whoever asks. */
function describeToken(
  { state, entry }: Exchange,
  app: SimApp,
  grant: Grant,
  facts: Record<string, unknown>,
): SimResponse | null {
  const user = state.userById(grant.userId);
  if (!user || !isLetIn(user) || grant.clientId !== app.clientId || app.blocked || !app.installed)
    return null;
  entry.username = user.username;
  return json(200, {
    active: true,
    scope: grant.scopes.join(' '),
    client_id: app.clientId,
    username: user.username,
    sub: identityUrlOf(state.org, user),
    ...facts,
  });
}
