/** `npm run bench -- grid [rounds] [parts]`: bench/README.md says what is measured and how to read it. */
import { loadavg } from 'node:os';
import { describeMachine, record } from '../record';
import { measureBrowser } from './browser/measure-browser';
import { measureDepth } from './measures/depth';
import { measureRates } from './measures/rates';
import { measureUsers } from './measures/users';
import { measureWaits } from './measures/waits';
import { LATENCY_MS, type Results, renderResults } from './results';
import { Stage } from './stage';
import { pageTarget, readWindow, rowsTarget, sourceOf, yardstickTargets } from './targets';
import { startYardsticks } from './yardsticks';

const PARTS: readonly (keyof Results)[] = ['rates', 'waits', 'users', 'depth', 'browser'];
const USERS = { users: 200, betweenClicksMs: 5_000 };

const [given = '5', ...named] = process.argv.slice(2);
const rounds = Number(given);
const parts = named.length > 0 ? PARTS.filter((name) => named.includes(name)) : PARTS;
if (!Number.isInteger(rounds) || rounds < 1 || parts.length < Math.max(1, named.length)) {
  console.error(`npm run bench -- grid [rounds] [${PARTS.join(' | ')} …]`);
  process.exit(1);
}

async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  console.error(`${what}: ${((performance.now() - started) / 1_000).toFixed(0)} s`);
  return result;
}

async function measure(stage: Stage): Promise<Partial<Results>> {
  const window = await readWindow(stage.portal, stage.visitor(0));
  const yardsticks = await step('yardsticks', () => startYardsticks(sourceOf(stage, window)));
  try {
    const [page, rows] = [pageTarget(stage, window), rowsTarget(stage, window)];
    const targets = { ...yardstickTargets(yardsticks), page, rows };
    const crowd = { ...USERS, forMs: Math.min(30, 10 * rounds) * 1_000 };
    const work: { [Part in keyof Results]: () => Promise<Results[Part]> } = {
      rates: () => measureRates(targets, { rounds, forMs: 3_000 }),
      waits: () => measureWaits(targets, { rounds, alone: 12, tenAtOnce: 100 }),
      users: () => measureUsers(page, rowsTarget(stage, window, 20), crowd),
      depth: () => measureDepth(stage, { rounds, each: 30 }),
      browser: () => measureBrowser(stage, yardsticks),
    };
    const results: Partial<Results> = {};
    for (const part of parts) {
      await stage.setLatency(part === 'waits' || part === 'users' ? LATENCY_MS : 0);
      const measured: Partial<Results> = {};
      Object.assign(measured, { [part]: await step<unknown>(part, work[part]) });
      console.error(renderResults(measured));
      Object.assign(results, measured);
    }
    return results;
  } finally {
    await yardsticks.stop();
  }
}

const machine = describeMachine();
const started = performance.now();
const stage = await step('stage', () => Stage.open());
let results: Partial<Results>;
try {
  results = await measure(stage);
} finally {
  await stage.close();
}
const minutes = ((performance.now() - started) / 60_000).toFixed(0);
const ran = `${rounds} rounds, by turns · 200 rows and 12 columns of accounts on all sides, nothing compressed · ${minutes} min, load at the end ${loadavg()[0]?.toFixed(1)}`;
const result = `${machine}\n\n${ran}\n\n${renderResults(results)}`;
console.log(`\n${result}`);
// A part of it would leave the others without their counterpart.
if (parts.length === PARTS.length) record('grid', result);
process.exit(0);
