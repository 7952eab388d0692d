import { clocks, stopwatch } from '@/lib/connections/refresh/clock';
import { pauseAfter, refreshPolicy } from '@/lib/connections/refresh/policy';
import { log } from '@/lib/log';
import { holdStop } from '@/lib/registry';

/**
 * Runs database work again, over fresh connections, until it succeeds; only the end of the process ends it, or
 * `giveUpMs`. For what must not be lost because Salesforce has already acted. `work` must be safe to repeat: a
 * lost acknowledgement looks like a failure. A stop of the process waits for it.
 */
export function untilStored<T>(
  what: string,
  work: () => Promise<T>,
  giveUpMs: number = Number.POSITIVE_INFINITY,
): Promise<T> {
  return holdStop(repeat(what, work, giveUpMs));
}

async function repeat<T>(what: string, work: () => Promise<T>, giveUpMs: number): Promise<T> {
  const elapsed = stopwatch();
  for (let failures = 0; ; failures += 1) {
    try {
      return await work();
    } catch (err) {
      if (elapsed() >= giveUpMs) throw err;
      log().error({ err, what, failures: failures + 1 }, 'the database did not take it, trying again');
      await clocks().sleep(pauseAfter(failures, refreshPolicy().storePauseMs));
    }
  }
}
