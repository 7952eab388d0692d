import { appChangedError } from '@/lib/connections/app-change';
import { assertNotEnded, markOutcomeUnknown, openAccess, readGrantRow } from '@/lib/connections/grant-row';
import { connectionError, errorOfRow } from '@/lib/connections/problem';
import { claimRefresh } from '@/lib/connections/refresh/claim';
import { clocks, stopwatch, withinOrNull } from '@/lib/connections/refresh/clock';
import { errorOfFailure, type Failure } from '@/lib/connections/refresh/fail';
import {
  assertAppAccepted,
  assertRested,
  endPauses,
  pauseApp,
  restConnection,
} from '@/lib/connections/refresh/pauses';
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
 * however many processes ask, one refresh is sent. Waits a bounded time and then throws REFRESH_BUSY, while the
 * refresh itself goes on. Throws GRANT_*, APP_*, SALESFORCE_UNAVAILABLE, UNAVAILABLE or a HOST_* error.
 */
export async function renewAccess(connectionId: string, seen: number): Promise<AccessGrant> {
  const waited = stopwatch();
  for (;;) {
    const left = refreshPolicy().callerWaitMs - waited();
    const step = await withinOrNull(joinFlight(connectionId, seen), left);
    if (step === null) throw busy();
    if (step.kind === 'grant' && step.grant.generation > seen) return step.grant;
  }
}

function joinFlight(connectionId: string, seen: number): Promise<Step> {
  const running = flights().get(connectionId);
  if (running !== undefined) return running;
  const flight = takeStep(connectionId, seen).finally(() => flights().delete(connectionId));
  // Its callers may all have stopped waiting; what it comes to is in the row.
  flight.catch(() => undefined);
  flights().set(connectionId, flight);
  return flight;
}

async function takeStep(connectionId: string, seen: number): Promise<Step> {
  const row = await readGrantRow(connectionId);
  assertNotEnded(row);
  if (row.generation > seen) return { kind: 'grant', grant: await openAccess(row) };
  // The database is older than what this caller was given: its refresh token may be a spent one.
  if (row.generation < seen) throw connectionError('GRANT_OUTCOME_UNKNOWN', null);
  if (row.state === 'refreshing' && row.leaseIsLive) {
    await clocks().sleep(refreshPolicy().pollMs);
    return { kind: 'again' };
  }
  if (row.state === 'refreshing') {
    await markOutcomeUnknown(connectionId);
    // Read again: it may have landed meanwhile, and this row's problem is an older one.
    return { kind: 'again' };
  }
  if (row.state !== 'idle') throw errorOfRow(row) ?? connectionError('GRANT_OUTCOME_UNKNOWN', null);
  if (row.appChanged) throw appChangedError(row.appChangedAt);
  assertAppAccepted(row.environmentId, row.configuredAt);
  assertRested(connectionId);
  if (registry().draining) throw stopping();
  return await holdStop(refresh(row));
}

async function refresh(row: Awaited<ReturnType<typeof readGrantRow>>): Promise<Step> {
  const claim = await claimRefresh(row);
  if (!claim) return { kind: 'again' };
  const end = await spendClaim(claim);
  if (end.kind === 'changed') return { kind: 'again' };
  if (end.kind === 'failed') throw pauseAfterFailure(row, end.failure);
  endPauses(row.connectionId, row.environmentId);
  return { kind: 'grant', grant: end.grant };
}

function pauseAfterFailure(
  row: { connectionId: string; environmentId: string; configuredAt: Date },
  failure: Failure,
): AppError {
  const error = errorOfFailure(failure);
  if (failure.kind === 'app_fault') pauseApp(row.environmentId, row.configuredAt, error);
  else restConnection(row.connectionId, error);
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
