/** `npm run bench -- refresh [rounds] [strategies]`: bench/README.md says what is measured and how to read it. */
import { loadavg } from 'node:os';
import { describeMachine, record } from '../record';
import { FAULTS, NO_FAULT, runFault, SCALE } from './faults';
import { runHerd } from './herd';
import type { StrategyName } from './orders';
import { type Results, renderResults } from './results';
import { Stage } from './stage';
import { runStarvation } from './starvation';

const ALL: readonly StrategyName[] = ['orgdock', 'uncoordinated', 'transaction', 'expiring-key'];
const PROCESSES = 4;

const [roundsGiven = '3', ...named] = process.argv.slice(2);
const rounds = Number(roundsGiven);
const chosen = named.length > 0 ? ALL.filter((name) => named.includes(name)) : ALL;
if (!Number.isInteger(rounds) || rounds < 1 || chosen.length < Math.max(1, named.length)) {
  console.error(`npm run bench -- refresh [rounds] [${ALL.join(' | ')} …]`);
  process.exit(1);
}

async function repeat<T>(what: string, work: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    console.error(`${what}, ${round} of ${rounds}`);
    results.push(await work());
  }
  return results;
}

async function measure(stage: Stage, strategy: StrategyName): Promise<Results> {
  const fleet = await stage.startFleet(strategy, PROCESSES, 1);
  const herd = await repeat(`${strategy}: herd`, () => runHerd(stage, fleet));
  await Promise.all(fleet.processes.map((one) => one.stop()));
  const starvation = await repeat(`${strategy}: starvation`, () => runStarvation(stage, strategy));
  const scaled = await stage.startFleet(strategy, PROCESSES, SCALE);
  // The first refresh of a process is its slowest, which must not be taken for what a fault does.
  await runFault(stage, scaled, NO_FAULT);
  const faults: Results['faults'] = [];
  for (const fault of FAULTS) {
    faults.push(await repeat(`${strategy}: ${fault.name}`, () => runFault(stage, scaled, fault)));
  }
  await Promise.all(scaled.processes.map((one) => one.stop()));
  return { strategy, herd, starvation, faults };
}

const machine = describeMachine();
const started = performance.now();
const stage = await Stage.open();
const results: Results[] = [];
try {
  for (const strategy of chosen) results.push(await measure(stage, strategy));
} finally {
  await stage.close();
}
const minutes = ((performance.now() - started) / 60_000).toFixed(0);
const ran = `${rounds} × everything · faults in time scaled 1:${SCALE}, herd and starvation unscaled · no random input · ${minutes} min, load at the end ${loadavg()[0]?.toFixed(1)}`;
const result = `${machine}\n\n${ran}\n\n${renderResults(results)}`;
console.log(`\n${result}`);
// A part of it would leave the other columns without their counterpart.
if (chosen.length === ALL.length) record('refresh', result);
process.exit(0);
