import type { PersonContext } from '@/lib/context';
import type { OAuthAppSecrets } from '@/lib/environments/oauth-app';
import type { EnvironmentDetail } from '@/lib/environments/types';
import { checkApp } from '@/lib/provisioning/preflight/checks/app-checks';
import { CHECK_IDS, type CheckId, checkOf, unknown } from '@/lib/provisioning/preflight/checks/check';
import { checkClockAndVersion } from '@/lib/provisioning/preflight/checks/clock-and-version';
import { checkThroughConnection, type Egress } from '@/lib/provisioning/preflight/checks/connection-checks';
import { checkGrants } from '@/lib/provisioning/preflight/checks/grant-checks';
import { checkNetwork } from '@/lib/provisioning/preflight/checks/network-checks';
import { checkSecret } from '@/lib/provisioning/preflight/checks/secret-check';
import { fixHere, fixIn } from '@/lib/provisioning/preflight/checks/setup-places';
import type { CheckResult } from '@/lib/provisioning/preflight/types';

export interface PreflightTarget {
  environment: EnvironmentDetail;
  app: OAuthAppSecrets;
  egressBefore: Egress | null;
}

/** Everything that is asked of the org itself; nothing of it when the org is not reached. */
const AT_THE_APP: CheckId[] = ['client_id', 'redirect_uri', 'app_usable', 'pkce', 'scopes_allowed', 'secret'];
const AT_THE_ORG: CheckId[] = [
  'clock',
  'api_version',
  ...AT_THE_APP,
  'api_enabled',
  'egress_address',
  'administrator',
];

/** All checks in the order of the page, and the address that the org saw. */
export async function runChecks(
  ctx: PersonContext,
  target: PreflightTarget,
): Promise<{ checks: CheckResult[]; egress: Egress | null }> {
  const { environment } = target;
  const { id: environmentId, origin, appType, clientId, scopes, clientType } = environment;
  const [network, grants] = await Promise.all([
    checkNetwork(origin),
    checkGrants(ctx, {
      environmentId,
      origin,
      appType,
      clientId,
      scopes,
      isPublicClient: clientType === 'public',
    }),
  ]);
  const asked = network.isReachable
    ? await askOrg(ctx, target)
    : { checks: AT_THE_ORG.map((id) => unknown(id, 'The org was not reached.')), egress: null };
  const all = [...network.checks, ...grants, ...asked.checks, checkReputation(origin)];
  const checks = CHECK_IDS.flatMap((id) => all.find((check) => check.id === id) ?? []);
  return { checks, egress: asked.egress };
}

async function askOrg(ctx: PersonContext, { environment, app, egressBefore }: PreflightTarget) {
  const { id, origin, apiVersion } = environment;
  const [clock, ofApp, through] = await Promise.all([
    checkClockAndVersion(origin, apiVersion),
    askApp(environment, app),
    checkThroughConnection(ctx, { environmentId: id, origin, egressBefore }),
  ]);
  return { checks: [...clock, ...ofApp, ...through.checks], egress: through.egress };
}

async function askApp(environment: EnvironmentDetail, app: OAuthAppSecrets): Promise<CheckResult[]> {
  const { appType, clientId, redirectUri, scopes } = environment;
  if (clientId === '') {
    const fix = fixHere('Enter the consumer key of the app.');
    const evidence = ['No consumer key is entered yet.'];
    return AT_THE_APP.map((id) => checkOf(id, { state: 'amber', evidence, fix }));
  }
  const [checks, secret] = await Promise.all([
    checkApp({ app, appType, redirectUri, scopes }),
    checkSecret(app, { redirectUri, appType }),
  ]);
  return [...checks, secret];
}

/** Nothing of Salesforce's tells this; it is named because it costs grants. */
function checkReputation(origin: string): CheckResult {
  return checkOf('address_reputation', {
    state: 'amber',
    evidence: [
      'Since April 2026 Salesforce freezes a user and revokes all their grants when calls come from an anonymising or high-risk address.',
      'How it rates an address is not told by any API, so this cannot be known before.',
    ],
    fix: fixIn(
      'network',
      origin,
      'Let Orgdock go out through a fixed address of your own, not through a shared VPN or proxy, and add it to the trusted ranges.',
    ),
  });
}
