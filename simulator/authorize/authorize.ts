import { isOn } from '@/simulator/apps/lookup';
import { answerImmediately, continueAuthorization } from '@/simulator/authorize/continue-authorization';
import type { Endpoint, Exchange } from '@/simulator/exchange';
import { text, unknownToSimulator } from '@/simulator/http/respond';
import { callbackRedirect, errorPageRedirect } from '@/simulator/oauth/errors';
import type { PendingAuthorization } from '@/simulator/state/org-state';
import { newSecretId } from '@/simulator/state/token-values';
import type { SimApp, SimResponse } from '@/simulator/types';

const PROMPTS = ['login', 'consent', 'select_account'];
const DISPLAYS = ['page', 'popup', 'touch', 'mobile'];
/** 32 bytes of SHA-256 in base64url (RFC 7636 §4.2). */
const S256_CHALLENGE = /^[A-Za-z0-9_-]{43}$/;
/** "OAuth 2.0 Web Server Flow": the redirect URI and its parameters must not exceed 2,000 characters. */
const MAX_REDIRECT_URI = 2000;

export const authorizeEndpoint: Endpoint = {
  method: 'GET',
  pattern: '/services/oauth2/authorize',
  parameters: [
    'response_type',
    'client_id',
    'redirect_uri',
    'scope',
    'state',
    'code_challenge',
    'code_challenge_method',
    'prompt',
    'login_hint',
    'display',
    'immediate',
    'nonce',
  ],
  handle: authorize,
};

/** The checks in Salesforce's order; the first refusal ends it, in the way Salesforce delivers it. */
function authorize(exchange: Exchange): SimResponse {
  const { state, request, entry } = exchange;
  const { query } = request;
  entry.clientId = query.get('client_id');
  const app = state.appById(entry.clientId);
  const refused = checkClient(exchange, app);
  if (refused || !app) return refused ?? unknownToSimulator('this client');
  const redirectUri = query.get('redirect_uri') ?? '';
  const sendBack = (error: string, description: string) => {
    entry.error = error;
    return callbackRedirect(redirectUri, {
      error,
      error_description: description,
      state: query.get('state'),
    });
  };
  if (state.modes.appErrors === 'callback') {
    const missing = appError(app);
    if (missing) return sendBack(missing.error, missing.description);
  }
  const unsupported = checkUnsupported(query);
  if (unsupported) return unknownToSimulator(unsupported);
  if (query.get('response_type') !== 'code') {
    return sendBack('unsupported_response_type', 'response type not supported');
  }
  const bare = checkCodeChallenge(query, app);
  if (bare) {
    entry.error = 'invalid_request';
    return text(200, `error=invalid_request&error_description=${bare}`, null);
  }
  const scopes = requestedScopes(query.get('scope'), app);
  if (!scopes) return sendBack('invalid_scope', 'the requested scope is not allowed');
  const pending: PendingAuthorization = {
    id: newSecretId(),
    app,
    redirectUri,
    scopes,
    state: query.get('state'),
    nonce: query.get('nonce'),
    codeChallenge: query.get('code_challenge'),
    prompt: (query.get('prompt') ?? '').split(' ').filter(Boolean),
    loginHint: query.get('login_hint'),
    createdAt: state.clock.now(),
    accountChosen: false,
  };
  state.pending.set(pending.id, pending);
  return query.get('immediate') === 'true'
    ? answerImmediately(exchange, pending)
    : continueAuthorization(exchange, pending);
}

/** Errors about the client itself: without a trusted redirect URI there is nowhere to send them. */
function checkClient({ state, request, entry }: Exchange, app: SimApp | null): SimResponse | null {
  const onPage = (error: string, description: string) => {
    entry.error = error;
    return errorPageRedirect(state.org.origin, error, description);
  };
  if (!app) return onPage('invalid_client_id', 'client identifier invalid');
  const redirectUri = request.query.get('redirect_uri');
  if (!redirectUri) return onPage('redirect_uri_missing', 'redirect_uri not provided');
  if (redirectUri.length > MAX_REDIRECT_URI || !app.callbackUrls.includes(redirectUri)) {
    return onPage('redirect_uri_mismatch', 'redirect_uri must match configuration');
  }
  if (state.modes.appErrors === 'page') {
    if (!app.installed) return onPage('invalid_client', 'app must be installed into org');
    const other = appError(app);
    if (other) return onPage(other.error, other.description);
  }
  return null;
}

function appError(app: SimApp): { error: string; description: string } | null {
  if (!app.installed) {
    return {
      error: 'OAUTH_EC_APP_NOT_FOUND',
      description: 'External client app is not installed in this org',
    };
  }
  if (app.blocked) return { error: 'OAUTH_APP_BLOCKED', description: 'this app is blocked by admin' };
  if (!isOn(app)) {
    return {
      error: 'oauth_flow_disabled',
      description: 'The external client app or the OAuth plugin is disabled.',
    };
  }
  return null;
}

/** Values that Salesforce knows or may know and the simulator does not. */
function checkUnsupported(query: URLSearchParams): string | null {
  const responseType = query.get('response_type') ?? '';
  if (['token', 'token id_token', 'hybrid_token'].includes(responseType)) {
    return `the response type "${responseType}"`;
  }
  const prompt = (query.get('prompt') ?? '').split(' ').find((value) => value && !PROMPTS.includes(value));
  if (prompt) return `the prompt "${prompt}"`;
  const display = query.get('display');
  if (display !== null && !DISPLAYS.includes(display)) return `the display "${display}"`;
  const immediate = query.get('immediate');
  if (immediate !== null && !['true', 'false'].includes(immediate)) return `immediate "${immediate}"`;
  return null;
}

/** The description of a PKCE error, which Salesforce answers as a bare body; null when all is well. */
function checkCodeChallenge(query: URLSearchParams, app: SimApp): string | null {
  const challenge = query.get('code_challenge');
  if (!challenge) return app.pkceRequired ? 'missing required code challenge' : null;
  // sf and jsforce send no method at all; `plain` is not supported.
  const method = query.get('code_challenge_method');
  if (method !== null && method !== 'S256') return 'code challenge method not supported';
  return S256_CHALLENGE.test(challenge) ? null : 'invalid code challenge';
}

/** The granted scopes in the order in which they were asked for; null when one is not allowed. */
function requestedScopes(scope: string | null, app: SimApp): string[] | null {
  if (scope === null || scope.trim() === '') return [...app.scopes];
  const asked = [...new Set(scope.split(/\s+/).filter(Boolean))];
  const allowed = (name: string) =>
    app.scopes.includes(name) || (name === 'offline_access' && app.scopes.includes('refresh_token'));
  return asked.every(allowed) ? asked : null;
}
