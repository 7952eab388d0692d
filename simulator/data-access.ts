import { randomBytes } from 'node:crypto';
import type { Exchange } from '@/simulator/exchange';
import { bearerOf } from '@/simulator/http/request';
import { restError } from '@/simulator/http/respond';
import { isLetIn } from '@/simulator/state/user-access';
import type { Route, SimResponse, SimSession } from '@/simulator/types';

/** Scopes with which a token may call the REST API. */
const REST_SCOPES = ['api', 'full', 'web'];

/** Runs a data route: the session behind the token, the API budget, and Salesforce's headers around it. */
export async function runDataRoute(exchange: Exchange, route: Route): Promise<SimResponse> {
  const { request, state } = exchange;
  if (route.access === 'open') return withCookies(await route.handler(request));
  const session = openSession(exchange, bearerOf(request));
  if ('refused' in session) return withCookies(session.refused);
  if (!state.spendApiCall()) {
    return withCookies(restError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'));
  }
  const response = withCookies(await route.handler(request, session));
  if (response.status === 204) return response;
  const { used, max } = state.org.api;
  const usage = `api-usage=${used}/${max}`;
  return { ...response, headers: { ...response.headers, 'Sforce-Limit-Info': usage } };
}

/** The session of an access token, or the error array that refuses it. */
export function openSession(
  { state, entry }: Exchange,
  accessToken: string | null,
): SimSession | { refused: SimResponse } {
  const token = state.grants.findAccessToken(accessToken ?? '');
  const user = token && state.userById(token.grant.userId);
  const app = token && state.appById(token.grant.clientId);
  if (!token || !user || !app) return { refused: invalidSession('Session expired or invalid') };
  entry.username = user.username;
  entry.clientId = app.clientId;
  const isUsable = state.grants.isLive(token) && isLetIn(user) && app.installed && !app.blocked;
  if (!isUsable) return { refused: invalidSession('Session expired or invalid') };
  if (!token.grant.scopes.some((scope) => REST_SCOPES.includes(scope))) {
    return { refused: invalidSession('This session is not valid for use with the REST API') };
  }
  token.lastUsedAt = state.clock.now();
  if (!user.apiEnabled) {
    return {
      refused: restError(403, 'API_DISABLED_FOR_ORG', 'The REST API is not enabled for this Organization.'),
    };
  }
  return { org: state.org, user, app, scopes: token.grant.scopes };
}

function invalidSession(message: string): SimResponse {
  const response = restError(401, 'INVALID_SESSION_ID', message);
  return { ...response, headers: { ...response.headers, 'WWW-Authenticate': 'Token' } };
}

/** Cookies that real data answers carry; a client that chokes on them would choke on Salesforce. */
function withCookies(response: SimResponse): SimResponse {
  const browserId = randomBytes(16).toString('base64url');
  const cookies = [
    'CookieConsentPolicy=0:1; path=/; Max-Age=31536000',
    'LSKey-c$CookieConsentPolicy=0:1; path=/; Max-Age=31536000',
    `BrowserId=${browserId}; path=/; Max-Age=31536000`,
  ];
  return { ...response, headers: { ...response.headers, 'Set-Cookie': cookies } };
}
