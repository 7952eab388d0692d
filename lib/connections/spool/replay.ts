import { clocks } from '@/lib/connections/refresh/clock';
import { refreshPolicy } from '@/lib/connections/refresh/policy';
import { storeEnd } from '@/lib/connections/refresh/spend';
import { readSpooledAnswer, type SpooledAnswer } from '@/lib/connections/spool/answer';
import { listSpoolFiles, type SpoolFile } from '@/lib/connections/spool/spool-files';
import { log } from '@/lib/log';
import { holdStop } from '@/lib/registry';
import { readRefreshAnswer } from '@/lib/salesforce/oauth/refresh';

/**
 * Stores the answers that wait in the spool: `all` at a start, when their holder is gone; later only those that are
 * too old to be on their way. Storing one twice, or in two processes, does no harm. A file that cannot be read stays
 * for the operator. Never throws.
 */
export async function replaySpool(which: 'all' | 'old'): Promise<void> {
  try {
    for (const file of await listSpoolFiles()) {
      if (which === 'all' || isOld(file)) await holdStop(replay(file));
    }
  } catch (err) {
    log().error({ err }, 'the spool cannot be read');
  }
}

function isOld({ writtenAt }: SpoolFile): boolean {
  return clocks().wall() - writtenAt.getTime() > refreshPolicy().spoolAgeMs;
}

async function replay({ attemptId }: SpoolFile): Promise<void> {
  try {
    const spooled = await readSpooledAnswer(attemptId);
    if (!spooled) return;
    const { spend, spentToken } = spooled;
    const end = await storeEnd(spend, readOutcome(spooled), spentToken);
    log().info({ connectionId: spend.connectionId, attemptId, end: end.kind }, 'a spooled answer was stored');
  } catch (err) {
    log().error({ err, attemptId }, 'a spooled answer cannot be stored');
  }
}

function readOutcome({ spend, answer, spentToken }: SpooledAnswer) {
  const { orgId, userId } = spend;
  const read = readRefreshAnswer(answer, { orgId, userId, secrets: [spentToken] });
  return read.kind === 'success' ? { ...read, spentToken } : read;
}
