import type { Endpoint, Exchange } from '@/simulator/exchange';
import { bearerOf } from '@/simulator/http/request';
import { json, text } from '@/simulator/http/respond';
import { oauthError } from '@/simulator/oauth/errors';
import { identify } from '@/simulator/oauth/identity';
import type { SimResponse } from '@/simulator/types';

const PATH = '/services/oauth2/singleaccess';
/** Scopes with which a token may become a session in a browser. */
const WEB_SCOPES = ['web', 'full'];

export const singleAccessEndpoint: Endpoint = {
  method: 'POST',
  pattern: PATH,
  parameters: [],
  form: ['access_token', 'redirect_uri'],
  handle: singleAccess,
};

export const singleAccessByGetEndpoint: Endpoint = {
  method: 'GET',
  pattern: PATH,
  parameters: ['access_token', 'redirect_uri'],
  handle: () => text(405, 'HTTP Method GET not allowed', undefined, { Allow: 'POST' }),
};

/** Exchanges an access token for a URL that opens the org in a browser, once and for a minute. */
function singleAccess(exchange: Exchange): SimResponse {
  const { state, request, form } = exchange;
  const caller = identify(exchange, bearerOf(request) ?? form.get('access_token'), WEB_SCOPES);
  if ('refused' in caller) return caller.refused;
  const target = form.get('redirect_uri');
  if (target !== null && !isPath(target)) {
    return oauthError('invalid_request', 'redirect_uri must be a relative path');
  }
  const query = new URLSearchParams({ otp: state.oneTimeLogins.issue(caller.user) });
  if (target !== null) query.set('startURL', target.startsWith('/') ? target : `/${target}`);
  return json(200, { frontdoor_uri: `${state.org.origin}/secur/frontdoor.jsp?${query}` });
}

/** A path of the org itself: no scheme, no host, nothing that a browser reads as one. */
function isPath(target: string): boolean {
  return /^\/?[\x21-\x7e]+$/.test(target) && !/^(?:\/\/|[a-z][a-z0-9+.-]*:)|\\/i.test(target);
}
