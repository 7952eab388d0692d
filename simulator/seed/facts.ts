/**
 * The fixed facts of the demo orgs. The demo's seed, the simulator and the end-to-end tests read them here;
 * nothing in the portal does.
 */
import { makeId } from '@/simulator/seed/ids';

/** Every demo user has this password. */
export const DEMO_PASSWORD = 'orgdock-demo-1';

/** And this security token, which only the username-password flow asks for. */
export const DEMO_SECURITY_TOKEN = 'Qk7vT2mXw9LrB4nZc8PsJd1y';

/** The public address that the orgs see of everything that is no browser (RFC 5737: nobody's). */
export const EGRESS_ADDRESS = '203.0.113.7';

/** Port of the control server when none is asked for. */
export const DEFAULT_CONTROL_PORT = 4500;

export interface UserFacts {
  id: string;
  username: string;
  firstName: string;
  lastName: string;
  email: string;
  title: string;
  profileName: string;
  language: string;
  locale: string;
  timeZone: string;
  apiEnabled: boolean;
  isActive: boolean;
  hiddenFields: Readonly<Record<string, readonly string[]>>;
}

export interface OrgFacts {
  name: string;
  companyName: string;
  orgId: string;
  /** Characters 4 to 6 of every id of the org. */
  pod: string;
  defaultPort: number;
  isSandbox: boolean;
  organizationType: string;
  instanceName: string;
  multiCurrency: boolean;
  defaultCurrency: string;
  currencies: readonly string[];
  clientId: string;
  clientSecret: string;
  /** Who the client credentials flow runs as; null: nobody is set in the app. */
  clientCredentialsUser: DemoUser | null;
  callbackUrls: readonly string[];
  seed: number;
  accounts: number;
  opportunities: number;
  users: Readonly<Record<DemoUser, UserFacts>>;
}

export type DemoUser = 'ada' | 'grace' | 'franz' | 'ina' | 'noapi';

const NO_HIDDEN_FIELDS: Readonly<Record<string, readonly string[]>> = {};

type Person = Pick<UserFacts, 'firstName' | 'lastName' | 'title' | 'profileName' | 'locale' | 'timeZone'> &
  Partial<UserFacts>;

const PEOPLE: Record<DemoUser, Person> = {
  ada: {
    firstName: 'Ada',
    lastName: 'Okafor',
    title: 'Salesforce Administrator',
    profileName: 'System Administrator',
    locale: 'en_US',
    timeZone: 'America/New_York',
  },
  grace: {
    firstName: 'Grace',
    lastName: 'Whitmore',
    title: 'Account Executive',
    profileName: 'Standard User',
    locale: 'en_GB',
    timeZone: 'Europe/London',
  },
  franz: {
    firstName: 'Franz',
    lastName: 'Lindner',
    title: 'Customer Service Lead',
    profileName: 'Standard User',
    language: 'de',
    locale: 'de_DE',
    timeZone: 'Europe/Berlin',
    hiddenFields: { Account: ['AnnualRevenue'], Opportunity: ['Amount', 'ExpectedRevenue'] },
  },
  ina: {
    firstName: 'Ina',
    lastName: 'Moreau',
    title: 'Former Sales Manager',
    profileName: 'Standard User',
    locale: 'fr_FR',
    timeZone: 'Europe/Paris',
    isActive: false,
  },
  noapi: {
    firstName: 'Noor',
    lastName: 'Patel',
    title: 'Read Only Reviewer',
    profileName: 'Minimum Access - Salesforce',
    locale: 'en_IN',
    timeZone: 'Asia/Kolkata',
    apiEnabled: false,
  },
};

function usersOf(pod: string, suffix: string): Record<DemoUser, UserFacts> {
  const entries = Object.entries(PEOPLE).map(([key, person], index) => [
    key,
    {
      id: makeId('005', pod, 62 ** 4 + 1_734_001 + index * 977),
      username: `${key}@acme.example${suffix}`,
      email: `${key}@acme.example`,
      language: 'en_US',
      apiEnabled: true,
      isActive: true,
      hiddenFields: NO_HIDDEN_FIELDS,
      ...person,
    },
  ]);
  return Object.fromEntries(entries) as Record<DemoUser, UserFacts>;
}

/** The org that people mean when they say "production": several currencies, 5,000 accounts. */
export const PRODUCTION: OrgFacts = {
  name: 'production',
  companyName: 'Acme Corporation',
  orgId: makeId('00D', 'dM0', 62 ** 4 + 9_270_413),
  pod: 'dM0',
  defaultPort: 4501,
  isSandbox: false,
  organizationType: 'Enterprise Edition',
  instanceName: 'USA664',
  multiCurrency: true,
  defaultCurrency: 'USD',
  currencies: ['USD', 'EUR', 'GBP', 'CHF', 'JPY'],
  clientId: '3MVG9pRzvMkjMb6lAcm3Pr0dUct10nOrgd0ckDem0AppKf7TqXw2LsVnYhBe5RjC8uPoDiG4aZx1mQtW9EvHs',
  clientSecret: '7C1F5E0B9A3D48E2B6F4017C95AD83E6F2B10D49C8E7A5361F0B2D84C6E9A713',
  clientCredentialsUser: 'franz',
  callbackUrls: ['http://localhost:3000/api/auth/callback/production'],
  seed: 20_260_101,
  accounts: 5_000,
  opportunities: 12_000,
  users: usersOf('dM0', ''),
};

/** The sandbox: one currency (EUR), fewer records, usernames with the sandbox's suffix. */
export const UAT: OrgFacts = {
  name: 'uat',
  companyName: 'Acme Corporation UAT',
  orgId: makeId('00D', 'Ec0', 62 ** 4 + 4_118_926),
  pod: 'Ec0',
  defaultPort: 4502,
  isSandbox: true,
  organizationType: 'Enterprise Edition',
  instanceName: 'DEU82S',
  multiCurrency: false,
  defaultCurrency: 'EUR',
  currencies: ['EUR'],
  clientId: '3MVG9uAtSb0xYq4nAcm3UatS4ndb0x0rgd0ckDem0AppTz6WkLr3HgFdPbNe8VjX5cMoSiQ2aUy1wJtB7GvRp',
  clientSecret: 'E48D20A7B5C9136F7E0A4D82C6B1F59307AD6E4C2B98F015D3C7A6E1B4892F50',
  clientCredentialsUser: null,
  callbackUrls: ['http://localhost:3000/api/auth/callback/uat'],
  // The seed of Production: a sandbox repeats its rows, with the differences that README.md names.
  seed: PRODUCTION.seed,
  accounts: 500,
  opportunities: 1_200,
  users: usersOf('Ec0', '.uat'),
};

/** Both orgs in the order in which they are printed. */
export const DEMO_ORGS: readonly OrgFacts[] = [PRODUCTION, UAT];
