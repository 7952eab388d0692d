import { type DueConnection, listDue } from '@/lib/connections/keep-alive/due';
import { clocks, stopwatch } from '@/lib/connections/refresh/clock';
import { renewAccess } from '@/lib/connections/refresh/renew';
import { AppError, type ErrorCode } from '@/lib/errors';
import { log } from '@/lib/log';
import { registry } from '@/lib/registry';

const PAGE_SIZE = 50;
/** A sweep ends before the next one begins; what is left is then the longest idle. */
const LIMIT_MS = 240_000;
/** Up to this long between two refreshes, at random: the org sees no burst. */
const JITTER_MS = 500;

/** Salesforce refuses the app itself, or does not answer at all: the others of the environment would hear the same. */
const OF_THE_APP = /^(?:APP_(?!USER_NOT_APPROVED)|IP_RESTRICTED|ORG_INACTIVE|HOST_)/;

/** How many connections came to what: `refreshed`, or the code of an error. */
export type SweepOutcomes = Partial<Record<'refreshed' | 'failed' | ErrorCode, number>>;

/**
 * Refreshes every connection that would otherwise idle past its limit, one after the other, through the same
 * coordination as every caller: one that somebody else refreshes meanwhile is not refreshed again, and pauses hold. One
 * that fails leaves the others alone; the next sweep tries it again. Ends early when the process is about to stop.
 */
export async function sweepKeepAlive(): Promise<SweepOutcomes> {
  const outcomes: SweepOutcomes = {};
  const elapsed = stopwatch();
  const refused = new Set<string>();
  const isOver = () => registry().draining || elapsed() >= LIMIT_MS;
  let after: string | null = null;
  while (!isOver()) {
    const page: DueConnection[] = await listDue({
      after,
      withoutEnvironments: [...refused],
      size: PAGE_SIZE,
    });
    for (const connection of page) {
      if (isOver()) break;
      if (refused.has(connection.environmentId)) continue;
      const outcome = await keepAlive(connection);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      if (OF_THE_APP.test(outcome)) refused.add(connection.environmentId);
      await clocks().sleep(Math.random() * JITTER_MS);
    }
    after = page.at(-1)?.cursor ?? null;
    if (page.length < PAGE_SIZE) break;
  }
  if (Object.keys(outcomes).length > 0) log().info({ outcomes }, 'keep-alive');
  return outcomes;
}

async function keepAlive({ id, generation }: DueConnection): Promise<keyof SweepOutcomes> {
  try {
    await renewAccess(id, generation, 'keep_alive');
    return 'refreshed';
  } catch (err) {
    const code = err instanceof AppError ? err.code : 'failed';
    log().warn(
      { connectionId: id, code, ...(code === 'failed' ? { err } : {}) },
      'keep-alive did not refresh',
    );
    return code;
  }
}
