import { CONSENT_PATH } from '@/simulator/authorize/continue-authorization';
import { loginStatusOf } from '@/simulator/evidence/login-status';
import type { Exchange } from '@/simulator/exchange';
import { cookieOf } from '@/simulator/http/request';
import type { SimApp, SimResponse, SimUser } from '@/simulator/types';

const TOKEN_PATH = '/services/oauth2/token';
const AUTHORIZE_PATHS = ['/services/oauth2/authorize', CONSENT_PATH];
/** What the person, or nobody, decided: no login was refused by it. */
const NO_REFUSALS = ['access_denied', 'immediate_unsuccessful', 'invalid_request'];

type Parties = { user: SimUser | null; app: SimApp | null };

/** Writes a request to OAuth's endpoints into Login History, when the org knows whose login it was. */
export function noteOauthLogin(exchange: Exchange, response: SimResponse): void {
  const { request } = exchange;
  if (request.method === 'POST' && request.path === TOKEN_PATH) noteTokenRequest(exchange, response);
  else if (AUTHORIZE_PATHS.includes(request.path)) noteAuthorization(exchange);
}

function noteTokenRequest(exchange: Exchange, { status, body }: SimResponse): void {
  if (body.kind !== 'json' || status >= 500) return;
  const { user, app } = partiesOfTokenRequest(exchange);
  if (!user) return;
  const answer = body.value as { access_token?: string; error?: string; error_description?: string };
  const refusal = answer.error ? { error: answer.error, description: answer.error_description ?? '' } : null;
  const record = note(exchange, user, app, refusal);
  const token = exchange.state.grants.findAccessToken(answer.access_token ?? '');
  if (token) token.loginHistoryId = record.id;
}

/** An authorization that ended at the org, by somebody whose browser is logged in there. */
function noteAuthorization(exchange: Exchange): void {
  const { state, request, entry } = exchange;
  if (!entry.error || NO_REFUSALS.includes(entry.error)) return;
  const user = state.logins.userOf(cookieOf(request, state.logins.cookieName));
  if (user) note(exchange, user, state.appById(entry.clientId), { error: entry.error, description: '' });
}

function note(
  { state }: Exchange,
  user: SimUser,
  app: SimApp | null,
  refusal: { error: string; description: string } | null,
) {
  return state.loginHistory.note({
    user,
    loginType: 'Remote Access 2.0',
    application: app?.label ?? 'N/A',
    status: refusal ? loginStatusOf(refusal, { user, app, org: state.org }) : 'Success',
  });
}

/** A refused request names its user only by what it presents. */
function partiesOfTokenRequest({ state, form, entry }: Exchange): Parties {
  const grant = state.grants.findRefreshToken(form.get('refresh_token') ?? '')?.grant;
  const code = state.codes.get(form.get('code') ?? '');
  const app = state.appById(entry.clientId ?? form.get('client_id') ?? grant?.clientId ?? null);
  const runsAs = form.get('grant_type') === 'client_credentials' ? app?.clientCredentialsUser : null;
  const username = entry.username ?? form.get('username') ?? runsAs ?? '';
  const presented = grant ? state.userById(grant.userId) : code?.user;
  return { user: presented ?? state.userByName(username), app };
}
