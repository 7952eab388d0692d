import type { SimApp, SimOrg, SimUser } from '@/simulator/types';

interface Circumstances {
  readonly user: SimUser;
  readonly app: SimApp | null;
  readonly org: SimOrg;
}

/**
 * What Login History says of a refusal. It knows more than the caller was told: whose fault an "expired
 * access/refresh token" is.
 */
export function loginStatusOf(
  { error, description }: { error: string; description: string },
  { user, app, org }: Circumstances,
): string {
  if (description === 'ip restricted') return 'Failed: IP Restricted';
  if (description === 'token request is already being processed') return failed(description);
  if (error === 'invalid_client' && description === 'invalid client credentials') return failed(description);
  if (user.isFrozen) return 'Failed: User is Frozen';
  if (!user.isActive) return 'Failed: User is Inactive';
  if (app?.blocked) return 'Failed: OAuth App Blocked';
  if (app && !app.installed) return 'Failed: OAuth App Not Installed';
  if (app && !app.oauthEnabled) return 'Failed: OAuth Flow Disabled';
  if (/^(?:OAUTH_APP_ACCESS_DENIED|invalid_app_access)$/.test(error))
    return 'Failed: Not approved for access';
  if (description === 'authentication failure') {
    return org.passwordFlow ? 'Invalid Password' : 'Failed: OAuth Username-Password Flow Disabled';
  }
  return failed(description || error);
}

/** Of a login at the org's own page. */
export function pageLoginStatusOf(user: SimUser, isPasswordRight: boolean): string {
  if (user.isFrozen) return 'Failed: User is Frozen';
  if (!user.isActive) return 'Failed: User is Inactive';
  return isPasswordRight ? 'Success' : 'Invalid Password';
}

function failed(words: string): string {
  return `Failed: ${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
