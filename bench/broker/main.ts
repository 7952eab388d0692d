/** `npm run bench -- broker [rounds]`: bench/README.md says what is measured and how to read it. */
import { loadavg } from 'node:os';
import { describeMachine, record } from '../record';
import { measureAdded } from './added';
import { measureHerd } from './herd';
import { type Results, renderResults } from './results';
import { Stage } from './stage';
import { measureStream } from './stream';

const [given = '5'] = process.argv.slice(2);
const rounds = Number(given);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error('npm run bench -- broker [rounds]');
  process.exit(1);
}

const machine = describeMachine();
const started = performance.now();
const stage = await Stage.open();
let results: Results;
try {
  const added = await measureAdded(stage, rounds);
  console.error('added time measured');
  const stream = await measureStream(stage);
  console.error('stream measured');
  results = { added, stream, herd: await measureHerd(stage) };
} finally {
  await stage.close();
}
const minutes = ((performance.now() - started) / 60_000).toFixed(0);
const ran = `${rounds} rounds, by turns · nothing compressed · ${minutes} min, load at the end ${loadavg()[0]?.toFixed(1)}`;
const result = `${machine}\n\n${ran}\n\n${renderResults(results)}`;
console.log(`\n${result}`);
record('broker', result);
process.exit(0);
