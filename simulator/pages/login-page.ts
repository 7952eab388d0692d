import { readHints } from '@/simulator/authorize/continue-authorization';
import { pageLoginStatusOf } from '@/simulator/evidence/login-status';
import type { Endpoint, Exchange } from '@/simulator/exchange';
import { cookieOf } from '@/simulator/http/request';
import { redirect } from '@/simulator/oauth/errors';
import { type Html, html, htmlResponse } from '@/simulator/pages/html';
import { page } from '@/simulator/pages/layout';
import { localPath } from '@/simulator/pages/local-path';
import { sameSecret } from '@/simulator/state/token-values';
import { isLetIn } from '@/simulator/state/user-access';
import type { SimResponse } from '@/simulator/types';

const PATH = '/login';
const MAX_HINTS = 5;

export const loginPageEndpoint: Endpoint = {
  method: 'GET',
  pattern: PATH,
  parameters: ['startURL', 'un'],
  handle: (exchange) => {
    const { query } = exchange.request;
    return loginPage(exchange, {
      username: query.get('un') ?? '',
      startUrl: query.get('startURL'),
      error: null,
    });
  },
};

export const loginEndpoint: Endpoint = {
  method: 'POST',
  pattern: PATH,
  parameters: ['startURL', 'un'],
  form: ['username', 'password', 'startURL'],
  handle: logIn,
};

/** Salesforce gives one answer for a wrong username, a wrong password and an inactive user. */
const REFUSED =
  "Please check your username and password. If you still can't log in, contact your Salesforce administrator.";

function logIn(exchange: Exchange): SimResponse {
  const { state, form, entry, request } = exchange;
  const username = form.get('username') ?? '';
  const startUrl = form.get('startURL');
  const user = state.userByName(username);
  entry.username = user?.username ?? null;
  const isRight = user !== null && sameSecret(form.get('password') ?? '', user.password);
  if (user) {
    const status = pageLoginStatusOf(user, isRight);
    state.loginHistory.note({ user, loginType: 'Application', application: 'Browser', status });
  }
  if (!user || !isLetIn(user) || !isRight) {
    entry.error = 'login_refused';
    return loginPage(exchange, { username, startUrl, error: REFUSED });
  }
  const { logins } = state;
  logins.end(cookieOf(request, logins.cookieName));
  const session = logins.start(user);
  const others = readHints(cookieOf(request, logins.hintCookieName)).filter((hint) => hint !== user.username);
  const hints = [user.username, ...others].slice(0, MAX_HINTS).join('|');
  return redirect(localPath(startUrl), {
    'Set-Cookie': [
      `${logins.cookieName}=${session.id}; Path=/; HttpOnly; SameSite=Lax`,
      `${logins.hintCookieName}=${encodeURIComponent(hints)}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000`,
    ],
  });
}

interface LoginFields {
  readonly username: string;
  readonly startUrl: string | null;
  readonly error: string | null;
}

function loginPage({ state }: Exchange, fields: LoginFields): SimResponse {
  const content = html`${fields.error ? html`<p class="error" role="alert">${fields.error}</p>` : null}
<form method="post" action="${PATH}">
<input type="hidden" name="startURL" value="${fields.startUrl ?? ''}">
<label for="username">Username</label>
<input id="username" name="username" type="text" value="${fields.username}" autocomplete="username"
 autocapitalize="none" spellcheck="false" required${fields.username ? null : html` autofocus`}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${fields.username ? html` autofocus` : null}>
<button class="main" type="submit">Log In</button>
</form>
${demoUsers(state.org.users.map((user) => html`<li><code>${user.username}</code></li>`))}`;
  return htmlResponse(200, page({ title: 'Log in', org: state.org, content }));
}

function demoUsers(items: readonly Html[]): Html {
  return html`<details><summary>Demo users</summary><ul>${items}</ul>
<p>The password was printed when the simulator started.</p></details>`;
}
