import type { OrgFacts, UserFacts } from '@/simulator/seed/facts';
import { DEMO_PASSWORD, DEMO_SECURITY_TOKEN, EGRESS_ADDRESS } from '@/simulator/seed/facts';
import { makeId } from '@/simulator/seed/ids';
import type { SimApp, SimClock, SimOrg, SimUser } from '@/simulator/types';

const TWO_HOURS = 2 * 60 * 60 * 1000;
/** Number in the ids of the app that every demo org has, and when it was last changed. */
export const FIRST_APP = 62 ** 4 + 610_017;
const APP_CHANGED = Date.UTC(2026, 4, 6, 9, 49, 19);

/** Scopes of the demo app, in Salesforce's names ("OAuth Tokens and Scopes"). */
const APP_SCOPES = ['api', 'refresh_token', 'openid', 'id', 'profile', 'email', 'address', 'phone', 'web'];

export interface OrgSettings {
  readonly origin: string;
  readonly clock: SimClock;
  readonly callbackUrls?: readonly string[] | undefined;
  readonly accounts?: number | undefined;
  readonly opportunities?: number | undefined;
  readonly apiLimit?: number | undefined;
  readonly sessionTimeoutMs?: number | undefined;
}

/** The running org of these facts. */
export function createOrg(facts: OrgFacts, settings: OrgSettings): SimOrg {
  return {
    name: facts.name,
    companyName: facts.companyName,
    orgId: facts.orgId,
    origin: settings.origin,
    instanceUrl: settings.origin,
    egressAddress: EGRESS_ADDRESS,
    isSandbox: facts.isSandbox,
    organizationType: facts.organizationType,
    instanceName: facts.instanceName,
    language: 'en_US',
    locale: facts.multiCurrency ? 'en_US' : 'en_GB',
    timeZone: facts.multiCurrency ? 'America/New_York' : 'Europe/Berlin',
    country: facts.multiCurrency ? 'US' : 'DE',
    multiCurrency: facts.multiCurrency,
    defaultCurrency: facts.defaultCurrency,
    currencies: facts.currencies,
    users: Object.values(facts.users).map((user) => createUser(user, facts)),
    apps: [createApp(facts, settings.callbackUrls)],
    appSettings: {
      secretsByRest: facts.isSandbox,
      secretRotation: 'keeps_old',
      stagesNewKey: false,
      newAppDelayMs: 0,
    },
    passwordFlow: false,
    filled: new Map(),
    hidden: new Map(),
    clock: settings.clock,
    sessionTimeoutMs: settings.sessionTimeoutMs ?? TWO_HOURS,
    api: { used: 0, max: settings.apiLimit ?? 1_000_000 },
    data: {
      seed: facts.seed,
      accounts: settings.accounts ?? facts.accounts,
      opportunities: settings.opportunities ?? facts.opportunities,
    },
  };
}

function createUser(user: UserFacts, facts: OrgFacts): SimUser {
  const profileNumber = [...user.profileName].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7);
  return {
    ...user,
    password: DEMO_PASSWORD,
    securityToken: DEMO_SECURITY_TOKEN,
    isFrozen: false,
    nickname: user.firstName.toLowerCase(),
    profileId: makeId('00e', facts.pod, Math.abs(profileNumber) % 62 ** 5),
    createdAt: '2024-02-05T09:12:44.000Z',
    modifiedAt: '2026-05-06T09:49:19.000Z',
  };
}

function createApp(facts: OrgFacts, callbackUrls: readonly string[] | undefined): SimApp {
  return {
    id: makeId('0xI', facts.pod, FIRST_APP),
    consumerId: makeId('888', facts.pod, FIRST_APP),
    developerName: 'Orgdock',
    globalSettingsName: 'Orgdock_glbloauth',
    clientId: facts.clientId,
    clientSecret: facts.clientSecret,
    staged: null,
    label: 'Orgdock',
    contactEmail: 'ada@acme.example',
    description: null,
    callbackUrls: callbackUrls ?? facts.callbackUrls,
    scopes: APP_SCOPES,
    pkceRequired: true,
    secretRequiredForCode: true,
    secretRequiredForRefresh: true,
    rotation: true,
    installed: true,
    blocked: false,
    oauthEnabled: true,
    enabled: true,
    preApproved: null,
    refreshIdleMs: null,
    certificate: null,
    clientCredentialsUser: facts.clientCredentialsUser && facts.users[facts.clientCredentialsUser].username,
    refreshLifetimeMs: null,
    refreshUnit: 'Days',
    ipRelaxation: 'Enforce',
    requiredSessionLevel: 'STANDARD',
    changedAt: APP_CHANGED,
    usableAt: APP_CHANGED,
    isDeployed: false,
  };
}
