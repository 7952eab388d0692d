import { isCommonLoginHost } from '@/lib/egress/hosts';
import { originOf, otherPartitions, readMyDomain } from '@/lib/environments/host/my-domain';
import { probeHost } from '@/lib/environments/host/probe-host';
import { readAddress } from '@/lib/environments/host/read-address';
import type { Candidate, HostCheck, HostReport } from '@/lib/environments/host/types';
import type { EnvironmentKind } from '@/lib/environments/types';

/** Redirects that are gone after, one behind the other. */
const MAX_MOVES = 3;

type Probe = (candidate: Candidate) => Promise<HostCheck>;

const KINDS: Record<string, EnvironmentKind> = {
  sandbox: 'sandbox',
  develop: 'developer',
  trailblaze: 'developer',
  scratch: 'scratch',
};

/**
 * The org behind whatever address a person pasted: reads the text, asks the likeliest host, goes after where it sends to,
 * and else asks the hosts at which an org of this name could be. Nothing but Salesforce's own hosts is ever asked.
 * Throws INVALID_INPUT, HOST_NOT_ALLOWED (what was pasted).
 */
export async function resolveHost(pasted: string, probe: Probe = probeHost): Promise<HostReport> {
  const { candidates, notes } = readAddress(pasted);
  const [first, ...others] = candidates;
  if (!first) throw new Error('an address without a candidate');
  const checks = await goAfter(first, probe);
  const found = checks.find(isFound);
  if (found) return report(found, checks, notes);
  const asked = new Set(checks.map(({ origin }) => origin));
  const left = [...others, ...checks.slice(1).flatMap(relatives)].filter(
    ({ origin }, at, all) => !asked.has(origin) && all.findIndex((one) => one.origin === origin) === at,
  );
  const more = await Promise.all(left.map(probe));
  return report(more.find(isFound) ?? null, [...checks, ...more], notes);
}

const isFound = ({ outcome }: HostCheck) => outcome === 'found';

async function goAfter(first: Candidate, probe: Probe): Promise<HostCheck[]> {
  const checks = [await probe(first)];
  for (let last = checks[0]; last?.movedTo && checks.length <= MAX_MOVES; last = checks.at(-1)) {
    const { movedTo, origin } = last;
    if (checks.some((check) => check.origin === movedTo)) break;
    checks.push(await probe({ origin: movedTo, why: `where ${new URL(origin).host} leads to` }));
  }
  return checks;
}

/** The same name in other partitions: a redirect may lead to `acme.my` where the org is `acme.develop.my`. */
function relatives({ origin }: HostCheck): Candidate[] {
  const domain = readMyDomain(new URL(origin).hostname)?.domain;
  if (!domain) return [];
  return otherPartitions(domain).map((partition) => ({
    origin: originOf({ ...domain, partition }),
    why: `the name that ${new URL(origin).host} has, elsewhere`,
  }));
}

function report(found: HostCheck | null, checks: HostCheck[], notes: string[]): HostReport {
  return { proposal: found && propose(found.origin), checks, notes };
}

function propose(origin: string): HostReport['proposal'] {
  const { hostname } = new URL(origin);
  const lastResort = isCommonLoginHost(origin);
  const domain = readMyDomain(hostname)?.domain;
  if (!domain) return { origin, kind: null, lastResort };
  const kind = domain.partition === null ? ('production' as const) : (KINDS[domain.partition] ?? null);
  return { origin, kind, lastResort };
}
