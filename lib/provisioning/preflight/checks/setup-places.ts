import type { CheckResult } from '@/lib/provisioning/preflight/types';

/** Where in Salesforce's Setup something is found: the click path, and the page's name in an address. */
const PLACES = {
  app: {
    path: 'Setup → External Client App Manager → the app → Settings → OAuth Settings',
    page: 'ManageExternalClientApplication',
  },
  policies: {
    path: 'Setup → External Client App Manager → the app → Policies → OAuth Policies',
    page: 'ManageExternalClientApplication',
  },
  consumer: {
    path: 'Setup → External Client App Manager → the app → Settings → OAuth Settings → Consumer Key and Secret',
    page: 'ManageExternalClientApplication',
  },
  usage: { path: 'Setup → Connected Apps OAuth Usage', page: 'ConnectedAppsUsage' },
  domain: { path: 'Setup → My Domain', page: 'OrgDomain' },
  profiles: {
    path: 'Setup → Profiles → the profile → System Permissions → API Enabled',
    page: 'EnhancedProfiles',
  },
  network: { path: 'Setup → Network Access', page: 'NetworkAccess' },
} as const;

export type SetupPlace = keyof typeof PLACES;

const MY_DOMAIN = /\.my\.(?:salesforce\.com|salesforce\.mil|sfcrmproducts\.cn)$/;

/** What to do, the click path, and a link into the org's Setup; only a My Domain has one. */
export function fixIn(place: SetupPlace, origin: string, text: string): NonNullable<CheckResult['fix']> {
  const { path, page } = PLACES[place];
  const linked = URL.canParse(origin) && MY_DOMAIN.test(new URL(origin).hostname);
  return { text, path, url: linked ? `${origin}/lightning/setup/${page}/home` : null };
}

/** What is done elsewhere than in Salesforce. */
export function fixHere(text: string): NonNullable<CheckResult['fix']> {
  return { text, path: null, url: null };
}
