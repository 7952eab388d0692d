import { setTimeout as pause } from 'node:timers/promises';
import { isAlive } from './aliveness';
import { MEMBERS, type Member } from './busy-org';
import type { Calls } from './orders';
import type { Fleet, Stage } from './stage';

const CALLS = 1_000;
/** What a refresh takes in Salesforce on a good day. */
const ANSWER_MS = 300;
/** Long enough that every call has come to wait, and that a connection held for it tells itself from a busy one. */
const LONG_ANSWER_MS = 6_000;
const HELD_MS = 1_000;
const SAMPLE_MS = 50;

export interface HerdRound {
  waits: number[];
  served: number;
  sent: number;
  lost: boolean;
  /** Database connections inside one transaction for a second and more while a long answer is waited for, at most. */
  held: number;
}

/** A thousand calls, a share in each process, meet one ended access token at the same moment. */
export async function runHerd(stage: Stage, fleet: Fleet): Promise<HerdRound> {
  const { id, ends } = await stampede(stage, fleet, ANSWER_MS);
  const sent = await stage.countSent();
  const lost = !(await isAlive(stage, fleet, id));
  return {
    waits: ends.flatMap(({ waits }) => waits),
    served: ends.reduce((sum, { served }) => sum + served, 0),
    sent,
    lost,
    held: await countHeld(stage, fleet),
  };
}

async function stampede(stage: Stage, { strategy, processes }: Fleet, answerMs: number) {
  await stage.clear();
  const id = await stage.makeGrant(strategy, MEMBERS[0] as Member);
  await stage.expire();
  await stage.control.clearLedger();
  await stage.control.addFault({ fault: 'slow', endpoint: 'refresh', ms: answerMs, count: null });
  const ends: Calls[] = await Promise.all(processes.map((one) => one.calls([id], CALLS / processes.length)));
  await stage.control.clearFaults();
  return { id, ends };
}

async function countHeld(stage: Stage, fleet: Fleet): Promise<number> {
  const over = new AbortController();
  const held = sampleHeld(stage, over.signal);
  await stampede(stage, fleet, LONG_ANSWER_MS);
  over.abort();
  return await held;
}

async function sampleHeld({ owner }: Stage, over: AbortSignal): Promise<number> {
  let most = 0;
  while (!over.aborted) {
    const [row] = await owner<[{ held: number }]>`
      SELECT count(*)::int AS held FROM pg_stat_activity
       WHERE application_name = 'orgdock portal'
         AND clock_timestamp() - xact_start > ${HELD_MS} * interval '1 millisecond'`;
    most = Math.max(most, row.held);
    await pause(SAMPLE_MS);
  }
  return most;
}
