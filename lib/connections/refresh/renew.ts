import { appChangedError } from '@/lib/connections/app-change';
import { assertAppAccepted } from '@/lib/connections/breaker/app-breaker';
import { assertRested, endPause, restConnection } from '@/lib/connections/breaker/pauses';
import {
  assertNotEnded,
  type GrantRow,
  markOutcomeUnknown,
  openAccess,
  readGrantRow,
} from '@/lib/connections/grant-row';
import { connectionError, errorOfRow } from '@/lib/connections/problem';
import { claimRefresh, type RefreshTrigger } from '@/lib/connections/refresh/claim';
import { clocks, stopwatch, withinOrNull } from '@/lib/connections/refresh/clock';
import { errorOfFailure, type Failure } from '@/lib/connections/refresh/fail';
import { refreshPolicy } from '@/lib/connections/refresh/policy';
import { spendClaim } from '@/lib/connections/refresh/spend';
import { AppError } from '@/lib/errors';
import { holdStop, processWide, registry } from '@/lib/registry';
import type { AccessGrant } from '@/lib/salesforce/types';

/** One look at a connection: it has a newer token, or somebody is at work and one looks again. */
type Step = { kind: 'grant'; grant: AccessGrant } | { kind: 'again' };

/** One piece of work per connection in this process, however many callers ask. */
const flights = () => processWide('connections.flights', () => new Map<string, Promise<Step>>());

/**
 * A newer access token than that of generation `seen`, which Salesforce has refused. However many callers in
 * however many processes ask, one refresh is sent. Waits `waitMs` and then throws REFRESH_BUSY, while the
 * refresh itself goes on. Throws GRANT_*, APP_*, SALESFORCE_UNAVAILABLE, UNAVAILABLE or a HOST_* error.
 */
export async function renewAccess(
  connectionId: string,
  seen: number,
  trigger: RefreshTrigger = 'expired',
  waitMs: number = refreshPolicy().callerWaitMs,
): Promise<AccessGrant> {
  const waited = stopwatch();
  for (;;) {
    const left = waitMs - waited();
    const step = await withinOrNull(joinFlight(connectionId, { seen, trigger, waited }), left);
    if (step === null) throw busy();
    if (step.kind === 'grant' && step.grant.generation > seen) return step.grant;
  }
}

interface Wish {
  seen: number;
  trigger: RefreshTrigger;
  /** How long its caller has waited, in milliseconds. */
  waited: () => number;
}

function joinFlight(connectionId: string, wish: Wish): Promise<Step> {
  const running = flights().get(connectionId);
  if (running !== undefined) return running;
  const flight = takeStep(connectionId, wish).finally(() => flights().delete(connectionId));
  // Its callers may all have stopped waiting; what it comes to is in the row.
  flight.catch(() => undefined);
  flights().set(connectionId, flight);
  return flight;
}

async function takeStep(connectionId: string, wish: Wish): Promise<Step> {
  const row = await readGrantRow(connectionId);
  assertNotEnded(row);
  if (row.generation > wish.seen) return { kind: 'grant', grant: await openAccess(row) };
  if (row.state === 'refreshing' && row.leaseIsLive) {
    await clocks().sleep(pollPause(wish.waited()));
    return { kind: 'again' };
  }
  if (row.state === 'refreshing') {
    await markOutcomeUnknown(connectionId);
    // Read again: it may have landed meanwhile, and this row's problem is an older one.
    return { kind: 'again' };
  }
  if (row.state !== 'idle') throw errorOfRow(row) ?? connectionError('GRANT_OUTCOME_UNKNOWN', null);
  if (row.appChanged) throw appChangedError(row.appChangedAt);
  assertRested(connectionId);
  await assertAppAccepted(row.environmentId, row.breaker);
  if (registry().draining) throw stopping();
  return await holdStop(refresh(row, wish));
}

/**
 * Grows with the time that was waited, so that an org which hangs does not keep every process of the portal asking
 * the database: a quarter longer at most, and a second.
 */
function pollPause(waitedMs: number): number {
  const { poll } = refreshPolicy();
  return Math.max(poll.first, Math.min(poll.longest, waitedMs / 4));
}

async function refresh(row: GrantRow, wish: Wish): Promise<Step> {
  const claim = await claimRefresh(row, wish);
  if (!claim) return { kind: 'again' };
  const end = await spendClaim(claim);
  if (end.kind === 'changed') return { kind: 'again' };
  if (end.kind === 'failed') throw restAfter(row.connectionId, end.failure);
  endPause(row.connectionId);
  return { kind: 'grant', grant: end.grant };
}

/** A refusal of the app has opened its breaker already. */
function restAfter(connectionId: string, failure: Failure): AppError {
  const error = errorOfFailure(failure);
  if (failure.kind !== 'app_fault') restConnection(connectionId, error);
  return error;
}

function busy(): AppError {
  return new AppError('REFRESH_BUSY', 'Salesforce takes long to renew the access of this connection.', {
    nextStep: 'The renewal goes on in the background. Try again in a moment.',
  });
}

function stopping(): AppError {
  return new AppError('UNAVAILABLE', 'This process of Orgdock is about to stop.', {
    nextStep: 'Try again in a moment.',
  });
}
