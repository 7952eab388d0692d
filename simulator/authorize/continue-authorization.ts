import type { Exchange } from '@/simulator/exchange';
import { cookieOf } from '@/simulator/http/request';
import { callbackRedirect, redirect } from '@/simulator/oauth/errors';
import type { LoginSession } from '@/simulator/state/login-sessions';
import type { PendingAuthorization } from '@/simulator/state/org-state';
import { newCode } from '@/simulator/state/token-values';
import type { SimResponse, SimUser } from '@/simulator/types';

/** Where the person decides; the page's address is Salesforce's. */
export const CONSENT_PATH = '/setup/secur/RemoteAccessAuthorizationPage.apexp';

export const CHOOSER_PATH = '/setup/secur/AccountChooser.apexp';

/** What an authorization waits for, or its answer to the callback. */
export type Step =
  | { kind: 'login' }
  | { kind: 'choose_account' }
  | { kind: 'consent'; user: SimUser }
  | { kind: 'answer'; response: SimResponse };

/** The next step of an authorization: log in, choose an account, consent, or the answer. */
export function nextStep(exchange: Exchange, pending: PendingAuthorization): Step {
  const { state, request } = exchange;
  const session = state.logins.find(cookieOf(request, state.logins.cookieName));
  if (!session || mustLogInAgain(pending, session)) return { kind: 'login' };
  if (needsChooser(exchange, pending)) return { kind: 'choose_account' };
  const { user } = session;
  exchange.entry.username = user.username;
  if (!isPermitted(pending, user)) {
    return { kind: 'answer', response: finish(exchange, pending, ACCESS_DENIED_BY_ADMIN) };
  }
  if (pending.prompt.includes('consent') || !state.isApproved(user, pending.app, pending.scopes)) {
    return { kind: 'consent', user };
  }
  return { kind: 'answer', response: grantCode(exchange, pending, user) };
}

/** The next step as a redirect. */
export function continueAuthorization(exchange: Exchange, pending: PendingAuthorization): SimResponse {
  const step = nextStep(exchange, pending);
  if (step.kind === 'answer') return step.response;
  if (step.kind === 'login') return redirect(loginPath(pending));
  const path = step.kind === 'consent' ? CONSENT_PATH : CHOOSER_PATH;
  return redirect(`${path}?source=${pending.id}`);
}

/** `immediate=true`: the code without any page, or `immediate_unsuccessful`. */
export function answerImmediately(exchange: Exchange, pending: PendingAuthorization): SimResponse {
  const step = nextStep(exchange, pending);
  if (step.kind === 'answer') return step.response;
  return finish(exchange, pending, {
    error: 'immediate_unsuccessful',
    error_description: 'immediate authorization was not possible',
  });
}

const ACCESS_DENIED_BY_ADMIN = {
  error: 'OAUTH_APP_ACCESS_DENIED',
  error_description: 'user is not admin approved to access this app',
};

/** Hands the code to the callback and forgets the request. */
export function grantCode(exchange: Exchange, pending: PendingAuthorization, user: SimUser): SimResponse {
  const { state } = exchange;
  const value = newCode();
  state.codes.set(value, {
    value,
    app: pending.app,
    user,
    redirectUri: pending.redirectUri,
    scopes: pending.scopes,
    nonce: pending.nonce,
    codeChallenge: pending.codeChallenge,
    issuedAt: state.clock.now(),
    used: false,
  });
  return finish(exchange, pending, { code: value });
}

/** The person pressed Deny. */
export function denyAuthorization(exchange: Exchange, pending: PendingAuthorization): SimResponse {
  return finish(exchange, pending, {
    error: 'access_denied',
    error_description: 'end-user denied authorization',
  });
}

function finish(
  exchange: Exchange,
  pending: PendingAuthorization,
  answer: Record<string, string>,
): SimResponse {
  exchange.state.pending.delete(pending.id);
  exchange.entry.error = answer.error ?? null;
  return callbackRedirect(pending.redirectUri, { ...answer, state: pending.state });
}

function mustLogInAgain(pending: PendingAuthorization, session: LoginSession): boolean {
  return pending.prompt.includes('login') && session.startedAt < pending.createdAt;
}

function isPermitted({ app }: PendingAuthorization, user: SimUser): boolean {
  return app.preApproved === null || app.preApproved.includes(user.username);
}

/** "If more than one hint is available, show the account chooser" ("OAuth 2.0 Web Server Flow", prompt). */
function needsChooser({ state, request }: Exchange, pending: PendingAuthorization): boolean {
  if (!pending.prompt.includes('select_account') || pending.accountChosen) return false;
  return readHints(cookieOf(request, state.logins.hintCookieName)).length > 1;
}

/** Usernames that logged in from this browser, newest first. */
export function readHints(cookie: string | null): string[] {
  return (cookie ?? '').split('|').filter(Boolean);
}

/** The login page that comes back to this authorization. */
export function loginPath(pending: PendingAuthorization, hint = pending.loginHint): string {
  const query = new URLSearchParams({ startURL: `${CONSENT_PATH}?source=${pending.id}` });
  if (hint) query.set('un', hint);
  return `/login?${query}`;
}
