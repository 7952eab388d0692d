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

interface AppPause extends Pause {
  /** The configuration that was refused: saving another one ends the pause. */
  configuredAt: number;
}

/** A process forgets its oldest pauses beyond this number, which costs no more than one early try each. */
const MOST_PAUSES = 5_000;

const connectionPauses = () => processWide('connections.pauses', () => new Map<string, Pause>());
const appPauses = () => processWide('connections.appPauses', () => new Map<string, AppPause>());

/** Throws what the last refresh came to while the connection's pause lasts. */
export function assertRested(connectionId: string): void {
  const pause = connectionPauses().get(connectionId);
  if (pause && clocks().monotonic() < pause.until) throw pause.error;
}

/** Lets a connection rest after Salesforce could not be reached or said "later"; longer with every failure. */
export function restConnection(connectionId: string, error: AppError): void {
  const failures = connectionPauses().get(connectionId)?.failures ?? 0;
  const until = clocks().monotonic() + pauseAfter(failures, refreshPolicy().backoffMs);
  keep(connectionPauses(), connectionId, { until, failures: failures + 1, error });
}

/** Forgets the failures of a connection that was refreshed, and those of its app. */
export function endPauses(connectionId: string, environmentId: string): void {
  connectionPauses().delete(connectionId);
  appPauses().delete(environmentId);
}

/**
 * Throws Salesforce's refusal while the app's pause lasts, so that one wrong secret does not cost every user a
 * try. When it is over, one caller may try and the others go on waiting.
 */
export function assertAppAccepted(environmentId: string, configuredAt: Date): void {
  const pause = appPauses().get(environmentId);
  if (!pause || pause.configuredAt !== configuredAt.getTime()) return;
  const now = clocks().monotonic();
  if (now < pause.until) throw pause.error;
  pause.until = now + refreshPolicy().appPauseMs;
}

/** Stops the refreshes of a whole environment for a while: Salesforce refused the app itself. */
export function pauseApp(environmentId: string, configuredAt: Date, error: AppError): void {
  const until = clocks().monotonic() + refreshPolicy().appPauseMs;
  keep(appPauses(), environmentId, { until, failures: 1, error, configuredAt: configuredAt.getTime() });
}

function keep<P>(pauses: Map<string, P>, key: string, pause: P): void {
  pauses.delete(key);
  pauses.set(key, pause);
  const [oldest] = pauses.keys();
  if (pauses.size > MOST_PAUSES && oldest !== undefined) pauses.delete(oldest);
}
