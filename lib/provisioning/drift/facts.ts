import type { AppFacts } from '@/lib/provisioning/drift/types';
import type { CheckResult } from '@/lib/provisioning/preflight/types';
import type { AppPolicies } from '@/lib/salesforce/apps/types';

/** Before anybody has looked. */
export const NOTHING_SEEN: AppFacts = {
  found: null,
  external: null,
  enabled: null,
  oauthEnabled: null,
  scopes: null,
  permittedUsers: null,
  ipRelaxation: null,
  refreshTokenType: null,
  refreshTokenPeriod: null,
  refreshTokenUnit: null,
  callbackUrls: null,
  secretRequiredForRefresh: null,
  callbackRegistered: null,
  pkceRequired: null,
  secretRequired: null,
  rotation: null,
};

type Stored = Record<string, string | number | boolean | string[] | null>;

/** The facts of a stored observation; what an older one lacks was not seen. */
export function factsOf(stored: Stored): AppFacts {
  const names = Object.keys(NOTHING_SEEN) as Array<keyof AppFacts>;
  return Object.fromEntries(names.map((name) => [name, stored[name] ?? null])) as unknown as AppFacts;
}

/**
 * What the org says, and where it does not, what its endpoints and the last refresh showed. `policies` null: the org
 * lists no such app; undefined: it is no External Client App, which alone can be read.
 */
export function observedFacts(
  policies: AppPolicies | null | undefined,
  checks: readonly CheckResult[],
): AppFacts {
  const shown = (id: string) => shownBy(checks.find((check) => check.id === id));
  return {
    ...NOTHING_SEEN,
    found: policies === undefined ? true : policies !== null,
    external: policies ? true : null,
    enabled: policies?.enabled ?? null,
    oauthEnabled: policies?.oauthPlugin ?? shown('app_usable'),
    scopes: policies?.scopes ?? null,
    permittedUsers: policies?.permittedUsers ?? null,
    ipRelaxation: policies?.ipRelaxation ?? null,
    refreshTokenType: policies?.refreshTokenPolicy?.type ?? null,
    refreshTokenPeriod: policies?.refreshTokenPolicy?.period ?? null,
    refreshTokenUnit: policies?.refreshTokenPolicy?.unit ?? null,
    callbackUrls: policies?.callbackUrls ?? null,
    secretRequiredForRefresh: policies?.secretRequiredForRefresh ?? null,
    callbackRegistered: shown('redirect_uri'),
    pkceRequired: policies?.pkceRequired ?? shown('pkce'),
    secretRequired: policies?.secretRequiredForCode ?? null,
    rotation: policies?.rotation ?? shown('rotation'),
  };
}

/** A check with something to put right has seen the setting off; one without an answer has seen nothing. */
function shownBy(check: CheckResult | undefined): boolean | null {
  if (check === undefined) return null;
  if (check.state === 'green') return true;
  return check.fix === null ? null : false;
}
