import { setTimeout as pause } from 'node:timers/promises';
import { MEMBERS } from './busy-org';
import type { StrategyName } from './orders';
import type { Stage } from './stage';

const HANGING = 200;
const HANG_MS = 10_000;
/** No further refresh has reached Salesforce for this long: all that can be sent is sent. */
const CALM_MS = 500;
const EVERY_MS = 25;
const MEASURED_MS = 5_000;

/** Milliseconds of the requests of somebody else in the same process, and how many were not served. */
export interface Starvation {
  quiet: number[];
  hanging: number[];
  unserved: number;
  /** Refreshes that hung in Salesforce meanwhile. */
  sent: number;
}

/** One process with its pool of ten: steady calls of one grant, first alone, then beside 200 refreshes that hang. */
export async function runStarvation(stage: Stage, strategy: StrategyName): Promise<Starvation> {
  await stage.clear();
  const [bystander, ...others] = MEMBERS;
  if (!bystander) throw new Error('an org without members');
  const ids: string[] = [];
  for (const member of others.slice(0, HANGING)) ids.push(await stage.makeGrant(strategy, member));
  await stage.expire();
  const healthy = await stage.makeGrant(strategy, bystander);
  await stage.control.clearLedger();
  const fleet = await stage.startFleet(strategy, 1, 1);
  const [process] = fleet.processes;
  if (!process) throw new Error('no process');
  // Opens the pools and lets the compiler do its work.
  await process.steadyCalls(healthy, EVERY_MS, 2_000);
  const quiet = await process.steadyCalls(healthy, EVERY_MS, MEASURED_MS);
  await stage.control.addFault({ fault: 'slow', endpoint: 'refresh', ms: HANG_MS, count: null });
  const hung = process.calls(ids, 1);
  const sent = await untilCalm(stage);
  const hanging = await process.steadyCalls(healthy, EVERY_MS, MEASURED_MS);
  await stage.control.clearFaults();
  await hung;
  await process.stop();
  return {
    quiet: quiet.waits,
    hanging: hanging.waits,
    unserved: hanging.waits.length - hanging.served,
    sent,
  };
}

/** The refreshes that have reached Salesforce when their number has stopped growing, or when it is time to measure. */
async function untilCalm(stage: Stage): Promise<number> {
  const until = performance.now() + HANG_MS - MEASURED_MS;
  let [sent, since] = [0, performance.now()];
  while (performance.now() < until) {
    const now = await stage.countSent();
    if (now !== sent) [sent, since] = [now, performance.now()];
    if (sent > 0 && performance.now() - since >= CALM_MS) return sent;
    await pause(CALM_MS / 10);
  }
  return sent;
}
