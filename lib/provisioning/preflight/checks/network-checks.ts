import { checkOrigin } from '@/lib/egress/hosts';
import { env } from '@/lib/env';
import { probeHost } from '@/lib/environments/host/probe-host';
import type { HostCheck, HostOutcome } from '@/lib/environments/host/types';
import { AppError } from '@/lib/errors';
import { checkOf, green, unknown } from '@/lib/provisioning/preflight/checks/check';
import { fixHere, fixIn } from '@/lib/provisioning/preflight/checks/setup-places';
import type { CheckResult } from '@/lib/provisioning/preflight/types';

/** Outcomes after which the org cannot be asked anything else. */
const CUT_OFF: readonly HostOutcome[] = ['unresolvable', 'private', 'certificate', 'unreachable'];

const PROXY = fixHere(
  'Let this server make outbound HTTPS calls to *.my.salesforce.com, directly or through HTTPS_PROXY.',
);

/** DNS, TLS, outbound HTTPS and the OpenID document, all seen by one guarded request to the org's host. */
export async function checkNetwork(origin: string): Promise<{ isReachable: boolean; checks: CheckResult[] }> {
  const seen = await lookAt(origin);
  const checks = [checkHttps(seen), checkDns(seen), checkTls(seen), checkWellKnown(seen)];
  return { isReachable: !CUT_OFF.includes(seen.outcome), checks };
}

/** The settings may have changed since the address was entered. */
async function lookAt(origin: string): Promise<HostCheck> {
  const candidate = { origin, why: 'as configured' };
  try {
    checkOrigin(origin);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ...candidate, outcome: 'private', evidence: error.message, movedTo: null };
  }
  return await probeHost(candidate);
}

function checkHttps({ origin, outcome, evidence }: HostCheck): CheckResult {
  const { host } = new URL(origin);
  if (outcome === 'unreachable') return checkOf('https', { state: 'red', evidence: [evidence], fix: PROXY });
  if (CUT_OFF.includes(outcome)) return unknown('https', 'Not reached: see DNS and TLS.');
  return green('https', `This server has reached ${host}.`);
}

function checkDns({ origin, outcome, evidence }: HostCheck): CheckResult {
  const { hostname } = new URL(origin);
  if (outcome === 'unresolvable' || outcome === 'private') {
    const fix = fixIn(
      'domain',
      origin,
      'Compare the address with the org’s My Domain. If it is right, ask whoever runs the DNS of this network.',
    );
    return checkOf('dns', { state: 'red', evidence: [evidence], fix });
  }
  if (env().HTTPS_PROXY) return green('dns', `The proxy resolves ${hostname}; this server need not.`);
  return green('dns', `${hostname} resolves to an address that Orgdock may call.`);
}

function checkTls({ origin, outcome, evidence }: HostCheck): CheckResult {
  if (new URL(origin).protocol === 'http:') {
    const words = `${origin} has no TLS; an operator allowed it with ORGDOCK_ALLOW_HOSTS. No real org is reached like this.`;
    return unknown('tls', words);
  }
  if (outcome === 'certificate') {
    const fix = fixHere(
      'Behind an inspecting proxy, name the file with its certificate in NODE_EXTRA_CA_CERTS and start Orgdock again.',
    );
    return checkOf('tls', { state: 'red', evidence: [evidence], fix });
  }
  if (CUT_OFF.includes(outcome)) return unknown('tls', 'Not reached: no connection stands.');
  return green('tls', `The certificate of ${new URL(origin).host} was accepted.`);
}

function checkWellKnown({ origin, outcome, evidence }: HostCheck): CheckResult {
  if (outcome === 'found') return green('well_known', evidence);
  if (CUT_OFF.includes(outcome)) return unknown('well_known', 'Not reached.');
  const fix = fixIn(
    'domain',
    origin,
    'Enter the org’s current My Domain as the address of this environment.',
  );
  return checkOf('well_known', { state: 'red', evidence: [evidence], fix });
}
