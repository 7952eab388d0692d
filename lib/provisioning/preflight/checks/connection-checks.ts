import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { checkOf, green, saidBySalesforce, unknown } from '@/lib/provisioning/preflight/checks/check';
import { findEgressAddress } from '@/lib/provisioning/preflight/checks/find-egress-address';
import {
  isAccessTokenEnded,
  listTestConnections,
  type TestConnection,
} from '@/lib/provisioning/preflight/checks/list-test-connections';
import { fixHere, fixIn } from '@/lib/provisioning/preflight/checks/setup-places';
import type { CheckResult } from '@/lib/provisioning/preflight/types';
import { callSalesforce } from '@/lib/salesforce/client';
import { readLoginHistory } from '@/lib/salesforce/evidence/login-history';

/** The address that the org saw, for allow-lists. */
export interface Egress {
  address: string;
  /** ISO instant, by the org's clock. */
  seenAt: string;
}

interface ConnectionQuestion {
  environmentId: string;
  origin: string;
  /** What was seen before. */
  egressBefore: Egress | null;
}

const CONNECT = fixHere('Connect this environment yourself, or add a service connection, and test again.');
const DAY_MS = 86_400_000;

/** What only a live access token shows. Asked through the administrator's own or the portal's connections. */
export async function checkThroughConnection(
  ctx: PersonContext,
  question: ConnectionQuestion,
): Promise<{ checks: CheckResult[]; egress: Egress | null }> {
  const candidates = await listTestConnections(ctx, question.environmentId);
  let api: CheckResult | null = null;
  for (const candidate of candidates) {
    const tried = await checkApi(candidate, question.origin);
    api = api ?? tried.check;
    if (tried.result === 'ended') continue;
    if (tried.result === 'failed') return withoutAnswers(tried.check, question);
    const [{ check, egress }, administrator] = await Promise.all([
      checkEgress(candidate, question.egressBefore),
      checkAdministrator(candidate),
    ]);
    return { checks: [tried.check, check, administrator], egress };
  }
  return withoutAnswers(api ?? withoutConnection(), question);
}

function withoutConnection(): CheckResult {
  const words = 'Not known yet: there is no connection that you may test with. Those of others are not used.';
  return checkOf('api_enabled', { state: 'amber', evidence: [words], fix: CONNECT });
}

function withoutAnswers(api: CheckResult, { egressBefore }: ConnectionQuestion) {
  const address =
    egressBefore === null
      ? unknown('egress_address', 'Not known yet: the org has not been asked.')
      : green('egress_address', lastSeen(egressBefore));
  const administrator = unknown('administrator', 'Not known yet: the org has not been asked.');
  return { checks: [api, address, administrator], egress: null };
}

/** `failed`: nothing else can be asked through this connection either. */
async function checkApi(
  test: TestConnection,
  origin: string,
): Promise<{ result: 'works' | 'ended' | 'failed'; check: CheckResult }> {
  const { username } = test.connection;
  try {
    const { budget } = await callSalesforce(test.client, { path: '/limits' });
    const evidence = [`${username} may use the REST API${throughWhom(test)}.`];
    if (budget)
      evidence.push(`The org has used ${budget.used} of ${budget.max} API calls of these 24 hours.`);
    return { result: 'works', check: checkOf('api_enabled', { state: 'green', evidence, ...knownBy(test) }) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const words = error.salesforce ? [saidBySalesforce(error.salesforce)] : [];
    const evidence = [`As ${username}: ${error.message}`, ...words];
    if (error.code === 'SALESFORCE_API_DISABLED') {
      const fix = fixIn('profiles', origin, `Give the profile of ${username} the permission “API Enabled”.`);
      return {
        result: 'failed',
        check: checkOf('api_enabled', { state: 'red', evidence, fix, ...knownBy(test) }),
      };
    }
    const ended = isAccessTokenEnded(error);
    const fix = error.nextStep === null ? null : fixHere(error.nextStep);
    const check = checkOf('api_enabled', { state: 'amber', evidence, fix, ...knownBy(test) });
    return { result: ended ? 'ended' : 'failed', check };
  }
}

async function checkEgress(
  test: TestConnection,
  before: Egress | null,
): Promise<{ check: CheckResult; egress: Egress | null }> {
  const found = await settle(() => findEgressAddress(test));
  if (found.error !== null || found.value === null) {
    const why = found.error ?? 'Neither its sessions nor its Login History name an address.';
    const evidence = [`Not known yet. ${why}`, ...(before ? [lastSeen(before)] : [])];
    return { check: checkOf('egress_address', { state: 'amber', evidence, ...knownBy(test) }), egress: null };
  }
  const { egress, source } = found.value;
  const seen = `The org saw Orgdock come from ${egress.address} (${source}).`;
  if (before !== null && before.address !== egress.address) {
    const evidence = [
      seen,
      `On ${before.seenAt.slice(0, 10)} it was ${before.address}: allow-lists must follow.`,
    ];
    const check = checkOf('egress_address', {
      state: 'amber',
      evidence,
      fix: fixHere(`Use ${egress.address} in allow-lists, or give Orgdock a fixed address.`),
      ...knownBy(test),
    });
    return { check, egress };
  }
  const evidence = [seen, 'Use this address in allow-lists.'];
  return { check: checkOf('egress_address', { state: 'green', evidence, ...knownBy(test) }), egress };
}

async function checkAdministrator(test: TestConnection): Promise<CheckResult> {
  const { username } = test.connection;
  const since = new Date(Date.now() - DAY_MS);
  const found = await settle(() => readLoginHistory(test.client, { since, limit: 1 }));
  if (found.error !== null) {
    return checkOf('administrator', { state: 'amber', evidence: [found.error], ...knownBy(test) });
  }
  const evidence =
    found.value.kind === 'rows'
      ? `${username} may read the org’s Login History, so it has the permission “Manage Users”.`
      : `${username} may not read the org’s Login History, so it lacks the permission “Manage Users”. Reading records does not need it; setting up the app needs an administrator.`;
  return checkOf('administrator', { state: 'green', evidence: [evidence], ...knownBy(test) });
}

/** A refusal of one question leaves the others. */
async function settle<T>(
  work: () => Promise<T>,
): Promise<{ value: T; error: null } | { value: null; error: string }> {
  try {
    return { value: await work(), error: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { value: null, error: error.message };
  }
}

function knownBy({ serviceName }: TestConnection): { knownBy?: 'other_connection' } {
  return serviceName === null ? {} : { knownBy: 'other_connection' };
}

function throughWhom({ serviceName }: TestConnection): string {
  return serviceName === null ? '' : ` (service connection ${serviceName})`;
}

function lastSeen({ address, seenAt }: Egress): string {
  return `Last seen as ${address} on ${seenAt.slice(0, 10)}.`;
}
