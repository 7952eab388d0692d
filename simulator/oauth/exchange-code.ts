import type { Exchange } from '@/simulator/exchange';
import { authenticateClient } from '@/simulator/oauth/client-auth';
import { oauthError } from '@/simulator/oauth/errors';
import { tokenAnswer } from '@/simulator/oauth/token-answer';
import type { AuthorizationCode } from '@/simulator/state/org-state';
import { challengeOf, sameSecret } from '@/simulator/state/token-values';
import { isLetIn } from '@/simulator/state/user-access';
import type { SimApp, SimResponse } from '@/simulator/types';

/** Authorization codes live 15 minutes ("OAuth 2.0 Web Server Flow"). */
const CODE_LIFETIME_MS = 15 * 60 * 1000;

/** RFC 7636 asks for 43 to 128 characters; sf and jsforce send 128 random bytes in base64url, which is 171. */
const VERIFIER = /^[A-Za-z0-9._~-]{43,171}$/;

/** `grant_type=authorization_code`: the checks in order, then a new grant. */
export async function exchangeCode(exchange: Exchange): Promise<SimResponse> {
  const { state, form, entry } = exchange;
  const client = authenticateClient(exchange, (app) => app.secretRequiredForCode);
  if ('refused' in client) return client.refused;
  const { app } = client;
  const code = state.codes.get(form.get('code') ?? '');
  const refused = checkApp(app) ?? checkCode(exchange, app, code);
  if (refused || !code) return refused ?? oauthError('invalid_grant', 'invalid authorization code');
  entry.username = code.user.username;
  // Whatever comes now, this code is spent: a wrong verifier must not get a second try.
  code.used = true;
  const wrong = checkRedirectUri(form, code) ?? checkVerifier(form, code) ?? checkUser(app, code);
  if (wrong) return wrong;
  const grant = state.grants.create(code.user, app, code.scopes);
  const { refreshToken } = grant;
  return tokenAnswer(exchange, { app, user: code.user, grant, refreshToken, nonce: code.nonce });
}

function checkApp(app: SimApp): SimResponse | null {
  if (!app.oauthEnabled) {
    return oauthError('oauth_flow_disabled', 'The external client app or the OAuth plugin is disabled.');
  }
  if (app.blocked) return oauthError('app_blocked', 'this app is blocked by admin');
  return app.installed ? null : oauthError('invalid_client', 'app must be installed into org');
}

function checkCode(
  { state }: Exchange,
  app: SimApp,
  code: AuthorizationCode | undefined,
): SimResponse | null {
  if (!code || code.app !== app) return oauthError('invalid_grant', 'invalid authorization code');
  const age = state.clock.now() - code.issuedAt;
  if (code.used || age > CODE_LIFETIME_MS) return oauthError('invalid_grant', 'expired authorization code');
  return null;
}

function checkRedirectUri(form: URLSearchParams, code: AuthorizationCode): SimResponse | null {
  if (form.get('redirect_uri') === code.redirectUri) return null;
  return oauthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
}

function checkVerifier(form: URLSearchParams, code: AuthorizationCode): SimResponse | null {
  const verifier = form.get('code_verifier');
  // RFC 9700 §2.1.1: a verifier without a challenge is a downgrade that somebody forced.
  if (code.codeChallenge === null) return verifier === null ? null : invalidVerifier();
  if (verifier === null) return oauthError('invalid_grant', 'missing required code verifier');
  const matches = VERIFIER.test(verifier) && sameSecret(challengeOf(verifier), code.codeChallenge);
  return matches ? null : invalidVerifier();
}

/** Salesforce's documentation says `invalid_request` here; live orgs answer this. */
function invalidVerifier(): SimResponse {
  return oauthError('invalid_grant', 'invalid code verifier');
}

function checkUser(app: SimApp, { user }: AuthorizationCode): SimResponse | null {
  if (!isLetIn(user)) return oauthError('inactive_user', 'user is inactive');
  if (app.preApproved === null || app.preApproved.includes(user.username)) return null;
  return oauthError('invalid_app_access', 'user is not admin approved to access this app');
}
