import {
  CONSENT_PATH,
  continueAuthorization,
  denyAuthorization,
  grantCode,
  loginPath,
  nextStep,
} from '@/simulator/authorize/continue-authorization';
import type { Endpoint, Exchange } from '@/simulator/exchange';
import { cookieOf } from '@/simulator/http/request';
import { unknownToSimulator } from '@/simulator/http/respond';
import { errorPageRedirect, redirect } from '@/simulator/oauth/errors';
import { fullNameOf } from '@/simulator/oauth/identity-facts';
import { html, htmlResponse } from '@/simulator/pages/html';
import { page } from '@/simulator/pages/layout';
import type { PendingAuthorization } from '@/simulator/state/org-state';
import type { SimResponse, SimUser } from '@/simulator/types';

/** What Salesforce's approval page says for each scope ("OAuth Tokens and Scopes"). */
const SCOPE_WORDS: Record<string, string> = {
  api: 'Manage user data via APIs',
  refresh_token: 'Perform requests at any time',
  offline_access: 'Perform requests at any time',
  openid: 'Access unique user identifiers',
  id: 'Access the identity URL service',
  profile: 'Access your profile: name, language, time zone',
  email: 'Access your email address',
  address: 'Access your address',
  phone: 'Access your phone number',
  web: 'Manage user data via Web browsers',
};

/** An unanswered request is forgotten after this time, like a code. */
const PENDING_LIFETIME_MS = 15 * 60 * 1000;

export const consentPageEndpoint: Endpoint = {
  method: 'GET',
  pattern: CONSENT_PATH,
  parameters: ['source'],
  handle: (exchange) => withPending(exchange, exchange.request.query.get('source'), showConsent),
};

export const consentEndpoint: Endpoint = {
  method: 'POST',
  pattern: CONSENT_PATH,
  parameters: [],
  form: ['source', 'decision'],
  handle: (exchange) => withPending(exchange, exchange.form.get('source'), decide),
};

/** Runs `handle` with the waiting request, or ends on the error page when there is none (any more). */
export function withPending(
  exchange: Exchange,
  source: string | null,
  handle: (exchange: Exchange, pending: PendingAuthorization) => SimResponse,
): SimResponse {
  const { state } = exchange;
  const pending = state.pending.get(source ?? '');
  if (pending && state.clock.now() - pending.createdAt <= PENDING_LIFETIME_MS)
    return handle(exchange, pending);
  exchange.entry.error = 'invalid_request';
  return errorPageRedirect(
    state.org.origin,
    'invalid_request',
    'this authorization request was already answered or is too old; go back to the app and start again',
  );
}

function showConsent(exchange: Exchange, pending: PendingAuthorization): SimResponse {
  const step = nextStep(exchange, pending);
  if (step.kind === 'answer') return step.response;
  if (step.kind === 'consent') return htmlResponse(200, consentPage(exchange, pending, step.user));
  return continueAuthorization(exchange, pending);
}

function decide(exchange: Exchange, pending: PendingAuthorization): SimResponse {
  const { state, form, request } = exchange;
  const decision = form.get('decision');
  const session = state.logins.find(cookieOf(request, state.logins.cookieName));
  // Asked first: another tab may have approved meanwhile, and Deny must not turn into a code by that.
  if (session && decision === 'deny') return denyAuthorization(exchange, pending);
  const step = nextStep(exchange, pending);
  if (step.kind === 'answer') return step.response;
  if (step.kind !== 'consent') return continueAuthorization(exchange, pending);
  if (decision === 'switch') {
    state.logins.end(session?.id ?? null);
    return redirect(loginPath(pending, null));
  }
  if (decision !== 'allow') return unknownToSimulator(`the decision "${decision}"`);
  state.approve(step.user, pending.app, pending.scopes);
  return grantCode(exchange, pending, step.user);
}

function consentPage({ state }: Exchange, pending: PendingAuthorization, user: SimUser) {
  const words = [...new Set(pending.scopes.map((scope) => SCOPE_WORDS[scope] ?? scope))];
  const content = html`<p><strong>${pending.app.label}</strong> is asking to:</p>
<ul>${words.map((line) => html`<li>${line}</li>`)}</ul>
<p>Do you want to allow access for <strong>${fullNameOf(user)}</strong> (${user.username})?</p>
<form method="post" action="${CONSENT_PATH}">
<input type="hidden" name="source" value="${pending.id}">
<p><button type="submit" name="decision" value="switch">Not you? Switch user</button></p>
<div class="actions">
<button type="submit" name="decision" value="deny">Deny</button>
<button class="main" type="submit" name="decision" value="allow">Allow</button>
</div>
</form>
<p>To revoke access at any time, go to your personal settings.</p>`;
  return page({ title: 'Allow access?', org: state.org, content });
}
