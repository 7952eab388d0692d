import type { SetupPlace } from '@/lib/doctor/types';
import { isCommonLoginHost } from '@/lib/egress/hosts';
import type { AppType } from '@/lib/environments/types';

const place = (path: string, node: string): SetupPlace => ({
  path: `Setup → ${path}`,
  url: `/lightning/setup/${node}/home`,
});

/** A page of the app itself. The path names both kinds of app; `setupPlaceOf` chooses. */
const ofApp = (page: string, ofConnectedApp: string): SetupPlace => ({
  path: `Setup → External Client App Manager → the app → ${page} (of a Connected App: App Manager → the app’s row → ${ofConnectedApp})`,
  url: '/lightning/setup/ManageExternalClientApplication/home',
  externalClientApp: `Setup → External Client App Manager → the app → ${page}`,
  connectedApp: place(`App Manager → the app’s row → ${ofConnectedApp}`, 'NavigationMenus'),
});

/** Where in Setup a Salesforce administrator finds what the catalogue speaks of. */
export const SETUP = {
  appPolicies: ofApp('Policies', 'Manage → Edit Policies'),
  appSettings: ofApp('Settings → OAuth Settings', 'Edit'),
  appSecret: ofApp('Settings → Consumer Key and Secret', 'View → Manage Consumer Details'),
  appUsage: place('Connected Apps OAuth Usage', 'ConnectedAppsUsage'),
  oauthSettings: place('OAuth and OpenID Connect Settings', 'OauthOidcSettings'),
  users: place('Users → the user', 'ManageUsers'),
  permissionSets: place('Permission Sets', 'PermSets'),
  profiles: place('Profiles → the profile → Login IP Ranges', 'EnhancedProfiles'),
  trustedAddresses: place('Network Access', 'NetworkAccess'),
  sessions: place('Session Settings', 'SecuritySession'),
  loginHistory: place('Login History', 'OrgLoginHistory'),
  myDomain: place('My Domain', 'OrgDomain'),
  company: place('Company Information', 'CompanyProfileInfo'),
  limits: place('System Overview', 'SystemOverview'),
  objects: place('Object Manager → the object → Fields & Relationships', 'ObjectManager'),
} as const satisfies Record<string, SetupPlace>;

/** The page of Setup in an org; null for an address that is no org’s own, such as a login host. */
export function setupUrl(place: SetupPlace | null, instanceUrl: string | null): string | null {
  if (place === null || instanceUrl === null || !URL.canParse(instanceUrl)) return null;
  return isCommonLoginHost(instanceUrl) ? null : `${new URL(instanceUrl).origin}${place.url}`;
}

/** Click path and link for an app of this kind, in this org; of an unknown kind the path names both. */
export function setupPlaceOf(
  place: SetupPlace,
  { instanceUrl, appType }: { instanceUrl: string | null; appType: AppType | null },
): { path: string; url: string | null } {
  if (appType === 'connected_app' && place.connectedApp) {
    return { path: place.connectedApp.path, url: setupUrl(place.connectedApp, instanceUrl) };
  }
  const path = appType === 'external_client_app' ? place.externalClientApp : undefined;
  return { path: path ?? place.path, url: setupUrl(place, instanceUrl) };
}
