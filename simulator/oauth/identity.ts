import type { Endpoint, Exchange } from '@/simulator/exchange';
import { bearerOf } from '@/simulator/http/request';
import { json, unknownToSimulator } from '@/simulator/http/respond';
import { identityError } from '@/simulator/oauth/errors';
import { identityOf, userInfoOf } from '@/simulator/oauth/identity-facts';
import { id18 } from '@/simulator/seed/ids';
import type { AccessToken } from '@/simulator/state/grants';
import { isLetIn } from '@/simulator/state/user-access';
import type { SimResponse, SimUser } from '@/simulator/types';

/** Newest version of the REST API, for `?version=latest`. */
const LATEST_VERSION = '68.0';

/** Any one of them opens the identity services. */
const IDENTITY_SCOPES = ['id', 'openid', 'profile', 'email', 'address', 'phone', 'api', 'web', 'full'];

export const userInfoEndpoint: Endpoint = {
  method: 'GET',
  pattern: '/services/oauth2/userinfo',
  parameters: [],
  handle: userInfo,
};

export const userInfoByPostEndpoint: Endpoint = { ...userInfoEndpoint, method: 'POST' };

export const identityEndpoint: Endpoint = {
  method: 'GET',
  pattern: '/id/:orgId/:userId',
  parameters: ['format', 'oauth_token', 'version'],
  handle: identity,
};

function userInfo(exchange: Exchange): SimResponse {
  const caller = identify(exchange, bearerOf(exchange.request));
  return 'refused' in caller ? caller.refused : json(200, userInfoOf(exchange.state.org, caller.user));
}

function identity(exchange: Exchange): SimResponse {
  const { state, request } = exchange;
  const { orgId = '', userId = '' } = request.params;
  const format = request.query.get('format');
  if (format !== null && format !== 'json') return unknownToSimulator(`the format "${format}"`);
  const caller = identify(exchange, bearerOf(request) ?? request.query.get('oauth_token'));
  if ('refused' in caller) return caller.refused;
  if (id18(orgId) !== state.org.orgId) return identityError('Wrong_Org');
  if (id18(userId) !== caller.user.id) return identityError('Bad_Id');
  const version = request.query.get('version');
  return json(200, identityOf(state.org, caller.user, version === 'latest' ? LATEST_VERSION : version));
}

/** Whose live access token it is, if any of the scopes is with it; else the plain refusal of these services. */
export function identify(
  { state, entry }: Exchange,
  value: string | null,
  scopes: readonly string[] = IDENTITY_SCOPES,
): { user: SimUser; token: AccessToken } | { refused: SimResponse } {
  if (value === null) return { refused: identityError('Missing_OAuth_Token') };
  const token = state.grants.findAccessToken(value);
  if (!token || !state.grants.isLive(token)) return { refused: identityError('Bad_OAuth_Token') };
  const user = state.userById(token.grant.userId);
  if (!user) return { refused: identityError('Bad_Id') };
  entry.username = user.username;
  entry.clientId = token.grant.clientId;
  if (!isLetIn(user)) return { refused: identityError('Inactive_App_User') };
  if (!token.grant.scopes.some((scope) => scopes.includes(scope))) {
    return { refused: identityError('Bad_OAuth_Token') };
  }
  token.lastUsedAt = state.clock.now();
  return { user, token };
}
