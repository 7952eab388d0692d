import type { Exchange } from '@/simulator/exchange';
import { authenticateClient } from '@/simulator/oauth/client-auth';
import { oauthError } from '@/simulator/oauth/errors';
import { checkApp, checkUser } from '@/simulator/oauth/service/check-app';
import { serviceAnswer } from '@/simulator/oauth/service/service-answer';
import { sameSecret } from '@/simulator/state/token-values';
import type { SimResponse } from '@/simulator/types';

/** `grant_type=password` (RFC 6749 §4.3). Blocked in orgs created since Summer '23 until somebody allows it. */
export function passwordGrant(exchange: Exchange): SimResponse {
  const { state, form, entry } = exchange;
  const client = authenticateClient(exchange, () => true);
  if ('refused' in client) return client.refused;
  const { app } = client;
  const refused = checkApp(app);
  if (refused) return refused;
  const user = state.userByName(form.get('username') ?? '');
  entry.username = user?.username ?? null;
  const expected = user ? user.password + user.securityToken : '';
  const matches = sameSecret(form.get('password') ?? '', expected);
  // A blocked flow reads like a wrong password; only the org's Login History tells them apart.
  if (!user || !matches || !state.org.passwordFlow)
    return oauthError('invalid_grant', 'authentication failure');
  // "This flow doesn't support scopes": the session may do what its user may.
  return checkUser(app, user) ?? serviceAnswer(exchange, { app, user, scopes: ['full'], omit: ['scope'] });
}
