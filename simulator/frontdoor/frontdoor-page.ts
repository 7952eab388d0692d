import type { Endpoint, Exchange } from '@/simulator/exchange';
import { cookieOf } from '@/simulator/http/request';
import { redirect } from '@/simulator/oauth/errors';
import { html, htmlResponse } from '@/simulator/pages/html';
import { page } from '@/simulator/pages/layout';
import { localPath } from '@/simulator/pages/local-path';
import { isLetIn } from '@/simulator/state/user-access';
import type { SimResponse } from '@/simulator/types';

export const frontdoorEndpoint: Endpoint = {
  method: 'GET',
  pattern: '/secur/frontdoor.jsp',
  parameters: ['otp', 'startURL', 'sid'],
  handle: openDoor,
};

/** Logs in whom the one-time password stands for. Without one that works, it is the login page's turn. */
function openDoor({ state, request, entry }: Exchange): SimResponse {
  const { query } = request;
  const startUrl = localPath(query.get('startURL'));
  if (query.has('sid')) {
    const content = html`<p>A session id in a URL is not accepted here.</p>`;
    entry.error = 'session_id_refused';
    return htmlResponse(403, page({ title: 'Insufficient Privileges', org: state.org, content }));
  }
  const user = state.oneTimeLogins.take(query.get('otp') ?? '');
  entry.username = user?.username ?? null;
  if (!user || !isLetIn(user)) {
    entry.error = 'login_refused';
    return redirect(`/login?${new URLSearchParams({ startURL: startUrl })}`);
  }
  const { logins } = state;
  logins.end(cookieOf(request, logins.cookieName));
  const session = logins.start(user);
  return redirect(startUrl, {
    'Set-Cookie': `${logins.cookieName}=${session.id}; Path=/; HttpOnly; SameSite=Lax`,
  });
}
