import { beat, checkDatabaseAtStart } from '@/lib/connections/restore/check-at-start';
import { listUnsettled } from '@/lib/connections/settle/list-unsettled';
import { settle } from '@/lib/connections/settle/settle';
import { replaySpool } from '@/lib/connections/spool/replay';
import { log } from '@/lib/log';
import { holdStop, onStop, processWide, registry } from '@/lib/registry';

const EVERY_MS = 15_000;
/** Every which round writes the heartbeat. */
const BEAT_ROUNDS = 4;
/** Connections that one round settles. */
const BATCH = 50;

/**
 * What every process does for the grants beside serving calls: stores what waits in the spool, settles refreshes with
 * an unknown outcome, and writes the heartbeat. Resolves after the checks of a start; the rest goes on until the stop.
 */
export async function startUpkeep(): Promise<void> {
  await checkDatabaseAtStart();
  processWide('connections.upkeep', () => {
    void holdStop(replaySpool('all'));
    let rounds = 0;
    const timer = setInterval(() => {
      rounds += 1;
      void runUpkeep({ beats: rounds % BEAT_ROUNDS === 0 });
    }, EVERY_MS);
    timer.unref();
    onStop(async () => clearInterval(timer));
    return timer;
  });
}

/** One round. Never throws: what failed is tried again in the next one. */
export async function runUpkeep({ beats }: { beats: boolean }): Promise<void> {
  if (registry().draining) return;
  await attempt('spool', () => replaySpool('old'));
  await attempt('settling', settleDue);
  if (beats) await attempt('heartbeat', beat);
}

async function settleDue(): Promise<void> {
  for (const id of await listUnsettled(BATCH)) await attempt('settling', () => settle(id));
}

async function attempt(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (err) {
    log().error({ err, what }, 'upkeep of the grants failed, trying again in the next round');
  }
}
