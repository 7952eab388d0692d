import { appByName } from '@/simulator/apps/lookup';
import { isPermissionSet } from '@/simulator/apps/permission-sets';
import { SCOPES } from '@/simulator/apps/scopes';
import { BeyondSimulator, type Component, type ComponentFailure } from '@/simulator/metadata/deployment';
import type { SimOrg } from '@/simulator/types';

/** "OAuth redirect_uri (≤2000 chars total)" of the whole field. */
const MAX_CALLBACKS = 2_000;
const CONSUMER_KEY = /^[A-Za-z0-9._]{8,256}$/;
const PROFILES = ['System Administrator', 'Standard User', 'Minimum Access - Salesforce'];

type Check = (org: SimOrg, component: Component) => { field: string; problem: string } | null;

/** What is wrong with well-formed components in this org: references, names of scopes, URLs, keys. */
export function checkApps(org: SimOrg, components: readonly Component[]): ComponentFailure[] {
  return components.flatMap((component) => {
    const { type, name, fileName, lines } = component;
    const wrong = checkReference(org, component, components) ?? CHECKS[type]?.(org, component) ?? null;
    if (!wrong) return [];
    return [{ type, name, fileName, line: lines[wrong.field] ?? null, problem: wrong.problem }];
  });
}

/** The developer name of the app that a component is or belongs to. */
export function appNameOf({ type, name, values }: Component): string {
  return type === 'ExternalClientApplication' ? name : (values.externalClientApplication ?? '');
}

/** The lines of `callbackUrl`. */
export function callbackUrlsOf(value: string): string[] {
  return value
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
}

/** The entries of a list such as `Api, RefreshToken`. */
export function listOf(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
}

function checkReference(org: SimOrg, component: Component, all: readonly Component[]): ReturnType<Check> {
  const field = 'externalClientApplication';
  const app = appNameOf(component);
  const isDeployed = all.some(({ type, name }) => type === 'ExternalClientApplication' && name === app);
  if (!isDeployed && !appByName(org, app)) {
    return { field, problem: `In field: ${field} - no ExternalClientApplication named ${app} found` };
  }
  const first = all.find((other) => other.type === component.type && appNameOf(other) === app);
  if (first !== component) {
    return {
      field,
      problem: `The external client app ${app} already has a component of type ${component.type}`,
    };
  }
  return null;
}

const checkGlobalSettings: Check = (org, component) => {
  const { callbackUrl = '', consumerKey } = component.values;
  const urls = callbackUrlsOf(callbackUrl);
  if (callbackUrl.length > MAX_CALLBACKS) {
    return {
      field: 'callbackUrl',
      problem: `Callback URL: data value too large (max length=${MAX_CALLBACKS})`,
    };
  }
  const bad = urls.find((url) => !isCallback(url));
  if (bad !== undefined || urls.length === 0) {
    return {
      field: 'callbackUrl',
      problem: `Callback URL: must be a valid https URL (or http://localhost): ${bad}`,
    };
  }
  if (!consumerKey) return null;
  const field = 'consumerKey';
  if (!CONSUMER_KEY.test(consumerKey)) return { field, problem: 'Consumer Key: must be 8 to 256 characters' };
  const own = appByName(org, appNameOf(component));
  if (own && own.clientId !== consumerKey) return { field, problem: "Consumer Key: can't be changed" };
  const isTaken = org.apps.some((app) => app !== own && app.clientId === consumerKey);
  return isTaken ? { field, problem: 'Consumer Key: already in use' } : null;
};

/** https, or a loopback name on any port, without a fragment (RFC 6749 §3.1.2). */
function isCallback(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, hash } = new URL(value);
  const isLoopback = hostname === 'localhost' || hostname === '127.0.0.1';
  return hash === '' && (protocol === 'https:' || (protocol === 'http:' && isLoopback));
}

const checkSettings: Check = (_org, { values }) => {
  const field = 'commaSeparatedOauthScopes';
  const valid = SCOPES.map(({ metadata }) => metadata);
  const bad = listOf(values[field]).find((scope) => !valid.includes(scope));
  if (bad === undefined) return null;
  return { field, problem: `Invalid OAuth scope '${bad}'. Valid values are: ${valid.join(', ')}` };
};

const checkPolicies: Check = (org, { values }) => {
  const type = values.refreshTokenPolicyType;
  if (type === 'SpecificLifetime' || type === 'SpecificInactivity') {
    for (const field of ['refreshTokenValidityPeriod', 'refreshTokenValidityUnit']) {
      if (!values[field])
        return { field: 'refreshTokenPolicyType', problem: `Required field is missing: ${field}` };
    }
    if (Number(values.refreshTokenValidityPeriod) < 1) {
      return {
        field: 'refreshTokenValidityPeriod',
        problem: 'Refresh Token Validity Period: must be at least 1',
      };
    }
  }
  const permissionSet = listOf(values.commaSeparatedPermissionSet).find((name) => !isPermissionSet(name));
  if (permissionSet) {
    const field = 'commaSeparatedPermissionSet';
    return { field, problem: `In field: ${field} - no PermissionSet named ${permissionSet} found` };
  }
  const profile = listOf(values.commaSeparatedProfile).find((name) => !PROFILES.includes(name));
  if (profile) {
    const field = 'commaSeparatedProfile';
    return { field, problem: `In field: ${field} - no Profile named ${profile} found` };
  }
  const { clientCredentialsFlowUser: user } = values;
  if (user && !org.users.some(({ username }) => username === user)) {
    const field = 'clientCredentialsFlowUser';
    return { field, problem: `In field: ${field} - no User named ${user} found` };
  }
  return null;
};

const CHECKS: Partial<Record<Component['type'], Check>> = {
  ExtlClntAppGlobalOauthSettings: checkGlobalSettings,
  ExtlClntAppOauthSettings: checkSettings,
  ExtlClntAppOauthConfigurablePolicies: checkPolicies,
};

/** A new app without OAuth is possible in Salesforce; here every app has a consumer. */
export function requireOauth(org: SimOrg, components: readonly Component[]): void {
  for (const { type, name } of components) {
    if (type !== 'ExternalClientApplication' || appByName(org, name)) continue;
    const has = (wanted: Component['type']) =>
      components.some((other) => other.type === wanted && appNameOf(other) === name);
    if (!has('ExtlClntAppGlobalOauthSettings') || !has('ExtlClntAppOauthSettings')) {
      throw new BeyondSimulator('an external client app without OAuth settings');
    }
  }
}
