import type { Endpoint } from '@/simulator/exchange';
import { cookieOf } from '@/simulator/http/request';
import { empty } from '@/simulator/http/respond';
import { redirect } from '@/simulator/oauth/errors';
import { fullNameOf } from '@/simulator/oauth/identity-facts';
import { html, htmlResponse } from '@/simulator/pages/html';
import { page } from '@/simulator/pages/layout';

export const homePageEndpoint: Endpoint = {
  method: 'GET',
  pattern: '/',
  parameters: [],
  handle: ({ state, request }) => {
    const session = state.logins.find(cookieOf(request, state.logins.cookieName));
    if (!session) return redirect('/login');
    const content = html`<p>You are logged in as <strong>${fullNameOf(session.user)}</strong> (${session.user.username}).</p>
<form method="post" action="/secur/logout.jsp"><button class="main" type="submit">Log Out</button></form>`;
    return htmlResponse(200, page({ title: 'Home', org: state.org, content }));
  },
};

export const logoutEndpoint: Endpoint = {
  method: 'GET',
  pattern: '/secur/logout.jsp',
  parameters: [],
  handle: ({ state, request }) => {
    state.logins.end(cookieOf(request, state.logins.cookieName));
    return redirect('/login', { 'Set-Cookie': `${state.logins.cookieName}=; Path=/; Max-Age=0` });
  },
};

export const logoutByPostEndpoint: Endpoint = { ...logoutEndpoint, method: 'POST' };

/** Browsers ask for it on their own; it must not count as something unknown. */
export const faviconEndpoint: Endpoint = {
  method: 'GET',
  pattern: '/favicon.ico',
  parameters: [],
  handle: () => empty(204),
};
