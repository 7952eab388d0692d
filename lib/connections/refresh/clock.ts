import { setTimeout as sleepFor } from 'node:timers/promises';
import { processWide } from '@/lib/registry';

/** The clocks of this process, in milliseconds. Rows have the database's time instead. */
export interface Clocks {
  monotonic(): number;
  wall(): number;
  /** `ref: false`: does not keep the process from ending. */
  sleep(ms: number, options?: { ref?: boolean }): Promise<unknown>;
}

/** The process's clocks; tests put others into the registry. */
export function clocks(): Clocks {
  return processWide('connections.clocks', () => ({
    monotonic: () => performance.now(),
    wall: () => Date.now(),
    sleep: (ms: number, options?: { ref?: boolean }) => sleepFor(ms, undefined, options),
  }));
}

/**
 * Milliseconds since now by whichever clock says more: the monotonic one may stand still while a machine
 * sleeps, the wall clock may be set back.
 */
export function stopwatch(): () => number {
  const { monotonic, wall } = clocks();
  const startedMonotonic = monotonic();
  const startedWall = wall();
  return () => Math.max(monotonic() - startedMonotonic, wall() - startedWall);
}

/** What `work` comes to, or null when it takes longer. The work itself goes on. */
export async function withinOrNull<T>(work: Promise<T>, ms: number): Promise<T | null> {
  const cancelled = new AbortController();
  const timeout = sleepFor(Math.max(0, ms), null, { signal: cancelled.signal, ref: false });
  timeout.catch(() => undefined);
  try {
    return await Promise.race([work, timeout]);
  } finally {
    cancelled.abort();
  }
}
