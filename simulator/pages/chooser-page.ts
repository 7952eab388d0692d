import {
  CHOOSER_PATH,
  continueAuthorization,
  loginPath,
  readHints,
} from '@/simulator/authorize/continue-authorization';
import type { Endpoint, Exchange } from '@/simulator/exchange';
import { cookieOf } from '@/simulator/http/request';
import { redirect } from '@/simulator/oauth/errors';
import { withPending } from '@/simulator/pages/consent-page';
import { html, htmlResponse } from '@/simulator/pages/html';
import { page } from '@/simulator/pages/layout';
import type { PendingAuthorization } from '@/simulator/state/org-state';
import type { SimResponse } from '@/simulator/types';

export const chooserPageEndpoint: Endpoint = {
  method: 'GET',
  pattern: CHOOSER_PATH,
  parameters: ['source'],
  handle: (exchange) => withPending(exchange, exchange.request.query.get('source'), showChooser),
};

export const chooserEndpoint: Endpoint = {
  method: 'POST',
  pattern: CHOOSER_PATH,
  parameters: [],
  form: ['source', 'username'],
  handle: (exchange) => withPending(exchange, exchange.form.get('source'), choose),
};

/** The account that is logged in goes on; any other one has to log in first. */
function choose(exchange: Exchange, pending: PendingAuthorization): SimResponse {
  const { state, form, request } = exchange;
  const { logins } = state;
  const username = form.get('username') ?? '';
  const cookie = cookieOf(request, logins.cookieName);
  pending.accountChosen = true;
  if (logins.find(cookie)?.user.username === username) return continueAuthorization(exchange, pending);
  logins.end(cookie);
  return redirect(loginPath(pending, username));
}

function showChooser(exchange: Exchange, pending: PendingAuthorization): SimResponse {
  const { state, request } = exchange;
  const hints = readHints(cookieOf(request, state.logins.hintCookieName));
  const content = html`<form class="stack" method="post" action="${CHOOSER_PATH}">
<input type="hidden" name="source" value="${pending.id}">
${hints.map((hint) => html`<button type="submit" name="username" value="${hint}">${hint}</button>`)}
<button type="submit" name="username" value="">Log In with a Different Username</button>
</form>`;
  return htmlResponse(200, page({ title: 'Choose a username', org: state.org, content }));
}
