import { isOn } from '@/simulator/apps/lookup';
import { oauthError } from '@/simulator/oauth/errors';
import { isLetIn } from '@/simulator/state/user-access';
import type { SimApp, SimResponse, SimUser } from '@/simulator/types';

/** What the state of an app itself refuses at the token endpoint; null: nothing. */
export function checkApp(app: SimApp): SimResponse | null {
  if (!isOn(app)) {
    return oauthError('oauth_flow_disabled', 'The external client app or the OAuth plugin is disabled.');
  }
  if (app.blocked) return oauthError('app_blocked', 'this app is blocked by admin');
  return app.installed ? null : oauthError('invalid_client', 'app must be installed into org');
}

/** What refuses this user for this app; null: nothing. */
export function checkUser(app: SimApp, user: SimUser): SimResponse | null {
  if (!isLetIn(user)) return oauthError('inactive_user', 'user is inactive');
  if (app.preApproved === null || app.preApproved.includes(user.username)) return null;
  return oauthError('invalid_app_access', 'user is not admin approved to access this app');
}
