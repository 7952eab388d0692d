/** `npm run bench -- schedules [how many]`: random schedules of faults, as many as one likes; bench/README.md. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { describeMachine, record } from '../record';
import { readCensus } from './census';

const root = path.resolve(import.meta.dirname, '../..');
const count = Number(process.argv[2] ?? 100_000);
if (!Number.isInteger(count) || count < 1) {
  console.error('npm run bench -- schedules [how many]');
  process.exit(1);
}

const machine = describeMachine();
const started = performance.now();
const bin = path.join(root, 'node_modules/vitest/vitest.mjs');
const args = [bin, 'run', '--project', 'integration', 'lib/connections/schedules.integration.test.ts'];
const child = spawn(process.execPath, args, {
  cwd: root,
  env: { ...process.env, SCHEDULES: String(count), NO_COLOR: '1' },
  stdio: ['ignore', 'pipe', 'pipe'],
});
let output = '';
for (const [stream, shown] of [
  [child.stdout, process.stdout],
  [child.stderr, process.stderr],
] as const) {
  stream.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    shown.write(chunk);
  });
}
const [code] = await once(child, 'close');
const seconds = (performance.now() - started) / 1000;
if (code !== 0) {
  console.error('\nA schedule broke a rule, or the run did not come to its end: nothing is recorded.');
  process.exit(1);
}
const { schedules, seed, pairs, least } = readCensus(output);
const result = [
  machine,
  `**${schedules.toLocaleString('en')} schedules, no rule broken**: seed ${seed}, ${seconds.toFixed(0)} s with its start. ` +
    `${pairs} pairs of fault and step struck; the rarest, \`${least.pair}\`, ${least.times.toLocaleString('en')} times.`,
].join('\n\n');
console.log(`\n${result}`);
record('schedules', result);
process.exit(0);
