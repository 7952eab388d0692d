import type { AppType } from '@/lib/environments/types';
import type { CheckResult } from '@/lib/provisioning/preflight/types';

/** Where in Salesforce's Setup something is found: the click path, and the page's name in an address. */
const PLACES = {
  usage: { path: 'Setup → Connected Apps OAuth Usage', page: 'ConnectedAppsUsage' },
  domain: { path: 'Setup → My Domain', page: 'OrgDomain' },
  profiles: {
    path: 'Setup → Profiles → the profile → System Permissions → API Enabled',
    page: 'EnhancedProfiles',
  },
  network: { path: 'Setup → Network Access', page: 'NetworkAccess' },
} as const;

type SetupPlace = keyof typeof PLACES;

const EXTERNAL = 'Setup → External Client App Manager → the app';
const CONNECTED = 'Setup → App Manager → the app’s row';

/** The same of the app itself, which lies elsewhere for a Connected App. */
const APP_PLACES = {
  external_client_app: {
    page: 'ManageExternalClientApplication',
    app: `${EXTERNAL} → Settings → OAuth Settings`,
    policies: `${EXTERNAL} → Policies → OAuth Policies`,
    consumer: `${EXTERNAL} → Settings → OAuth Settings → Consumer Key and Secret`,
  },
  connected_app: {
    page: 'NavigationMenus',
    app: `${CONNECTED} → Edit`,
    policies: `${CONNECTED} → Manage → Edit Policies`,
    consumer: `${CONNECTED} → View → Manage Consumer Details`,
  },
} as const;

/** Whose app, and in which org. */
export interface AppInOrg {
  appType: AppType;
  origin: string;
}

const MY_DOMAIN = /\.my\.(?:salesforce\.com|salesforce\.mil|sfcrmproducts\.cn)$/;

/** What to do, the click path, and a link into the org's Setup; only a My Domain has one. */
export function fixIn(place: SetupPlace, origin: string, text: string): NonNullable<CheckResult['fix']> {
  const { path, page } = PLACES[place];
  return { text, path, url: linkTo(page, origin) };
}

/** As `fixIn`, where the app itself is set up. */
export function fixInApp(
  place: 'app' | 'policies' | 'consumer',
  { appType, origin }: AppInOrg,
  text: string,
): NonNullable<CheckResult['fix']> {
  const places = APP_PLACES[appType];
  return { text, path: places[place], url: linkTo(places.page, origin) };
}

function linkTo(page: string, origin: string): string | null {
  const linked = URL.canParse(origin) && MY_DOMAIN.test(new URL(origin).hostname);
  return linked ? `${origin}/lightning/setup/${page}/home` : null;
}

/** What is done elsewhere than in Salesforce. */
export function fixHere(text: string): NonNullable<CheckResult['fix']> {
  return { text, path: null, url: null };
}
