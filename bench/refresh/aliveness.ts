import { setTimeout as pause } from 'node:timers/promises';
import type { BenchProcess } from './bench-process';
import type { Fleet, Stage } from './stage';

/** Whatever can still come has come by then: a lost refresh of Orgdock is settled in less than half of it. */
const RECOVERY_MS = 60_000;
const AGAIN_MS = 100;
/** Orgdock's words for a grant that only its person can renew. */
const ENDED = ['GRANT_ENDED', 'GRANT_ANSWER_LOST', 'GRANT_RESTORED'];

/** Whether a grant serves calls after whatever has happened to it, and again after its access token has ended once more. */
export async function isAlive(stage: Stage, { processes }: Fleet, id: string): Promise<boolean> {
  const [asked] = processes as [BenchProcess];
  if (!(await servesAgain(stage, asked, id))) return false;
  await stage.control.clearFaults();
  await stage.expire();
  return await servesAgain(stage, asked, id);
}

async function servesAgain(stage: Stage, asked: BenchProcess, id: string): Promise<boolean> {
  const until = performance.now() + RECOVERY_MS;
  while (performance.now() < until) {
    const { served, failed } = await asked.calls([id], 1);
    if (served === 1) return true;
    if (Object.keys(failed).some((code) => ENDED.includes(code))) return false;
    const grants = await stage.control.listGrants(stage.org.name);
    // Salesforce itself has ended it: a consumed token was presented.
    if (grants.at(-1)?.ended) return false;
    await pause(AGAIN_MS);
  }
  return false;
}
