import type { SetupPlace } from '@/lib/doctor/types';

const place = (path: string, node: string): SetupPlace => ({
  path: `Setup → ${path}`,
  url: `/lightning/setup/${node}/home`,
});

const APPS = 'ManageExternalClientApplication';

/** Where in Setup a Salesforce administrator finds what the catalogue speaks of. */
export const SETUP = {
  appPolicies: place('External Client App Manager → the app → Policies', APPS),
  appSettings: place('External Client App Manager → the app → Settings → OAuth Settings', APPS),
  appSecret: place('External Client App Manager → the app → Settings → Consumer Key and Secret', APPS),
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
  const { origin, hostname } = new URL(instanceUrl);
  return /^(?:login|test)\.salesforce\.com$/.test(hostname) ? null : `${origin}${place.url}`;
}
