import { clocks } from '@/lib/connections/refresh/clock';
import { pauseAfter, refreshPolicy } from '@/lib/connections/refresh/policy';
import type { AppError } from '@/lib/errors';
import { processWide } from '@/lib/registry';

interface Pause {
  /** Monotonic milliseconds. */
  until: number;
  failures: number;
  /** What callers hear meanwhile. */
  error: AppError;
}

/** A process forgets its oldest pauses beyond this number, which costs no more than one early try each. */
const MOST_PAUSES = 5_000;

const pauses = () => processWide('connections.pauses', () => new Map<string, Pause>());

/** Throws what the last refresh came to while the connection's pause lasts. */
export function assertRested(connectionId: string): void {
  const pause = pauses().get(connectionId);
  if (pause && clocks().monotonic() < pause.until) throw pause.error;
}

/** Lets a connection rest after Salesforce could not be reached or said "later"; longer with every failure. */
export function restConnection(connectionId: string, error: AppError): void {
  const failures = pauses().get(connectionId)?.failures ?? 0;
  const until = clocks().monotonic() + pauseAfter(failures, refreshPolicy().backoffMs);
  pauses().delete(connectionId);
  pauses().set(connectionId, { until, failures: failures + 1, error });
  const [oldest] = pauses().keys();
  if (pauses().size > MOST_PAUSES && oldest !== undefined) pauses().delete(oldest);
}

/** Forgets the failures of a connection that was refreshed. */
export function endPause(connectionId: string): void {
  pauses().delete(connectionId);
}
