import type { SalesforceFault } from '@/lib/errors';
import type { CheckResult, CheckState, KnownBy } from '@/lib/provisioning/preflight/types';

/** Every check, with its title and how it is known (docs/preflight.md). The order is that of the page. */
const CHECKS = {
  https: { title: 'Outbound HTTPS', knownBy: 'before_consent' },
  dns: { title: 'DNS', knownBy: 'before_consent' },
  tls: { title: 'TLS', knownBy: 'before_consent' },
  clock: { title: 'Clock difference', knownBy: 'before_consent' },
  well_known: { title: 'OpenID document of the org', knownBy: 'before_consent' },
  api_version: { title: 'API version', knownBy: 'before_consent' },
  client_id: { title: 'Consumer key known', knownBy: 'before_consent' },
  redirect_uri: { title: 'Callback URL registered', knownBy: 'before_consent' },
  app_usable: { title: 'App usable in the org', knownBy: 'before_consent' },
  pkce: { title: 'PKCE', knownBy: 'before_consent' },
  scopes_allowed: { title: 'Scopes allowed by the app', knownBy: 'before_consent' },
  secret: { title: 'Consumer secret', knownBy: 'before_consent' },
  scopes_granted: { title: 'Scopes granted', knownBy: 'after_consent' },
  rotation: { title: 'Refresh Token Rotation', knownBy: 'after_consent' },
  api_enabled: { title: 'API enabled', knownBy: 'after_consent' },
  egress_address: { title: 'Egress address', knownBy: 'after_consent' },
  administrator: { title: 'Rights of the Salesforce user', knownBy: 'after_consent' },
  address_reputation: { title: 'Reputation of the egress address', knownBy: 'never' },
} as const satisfies Record<string, { title: string; knownBy: KnownBy }>;

export type CheckId = keyof typeof CHECKS;

export const CHECK_IDS = Object.keys(CHECKS) as CheckId[];

interface Finding {
  state: CheckState;
  /** Whole sentences. */
  evidence: string[];
  fix?: CheckResult['fix'];
  /** Where it differs from the usual way, such as a service connection. */
  knownBy?: KnownBy;
}

/** The result of a check under its title. */
export function checkOf(id: CheckId, { state, evidence, fix = null, knownBy }: Finding): CheckResult {
  const { title, knownBy: usual } = CHECKS[id];
  return { id, state, title, evidence, fix, knownBy: knownBy ?? usual };
}

export function green(id: CheckId, ...evidence: string[]): CheckResult {
  return checkOf(id, { state: 'green', evidence });
}

/** Not known now, with the reason. */
export function unknown(id: CheckId, ...evidence: string[]): CheckResult {
  return checkOf(id, { state: 'amber', evidence });
}

/** Salesforce's own words as a sentence. */
export function saidBySalesforce({ error, description, status }: SalesforceFault): string {
  const words = description === null ? error : `${error}: ${description}`;
  return `Salesforce said “${words}”${status === null ? '' : ` (HTTP ${status})`}.`;
}

const WORST: readonly CheckState[] = ['red', 'amber'];

/** The worst state of what can be known: what nobody can know says nothing of an environment. */
export function worstState(checks: readonly CheckResult[]): CheckState {
  const knowable = checks.filter(({ knownBy }) => knownBy !== 'never');
  return WORST.find((state) => knowable.some((check) => check.state === state)) ?? 'green';
}
