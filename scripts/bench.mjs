// @ts-check
/**
 * `npm run bench -- <name> [arguments]`: runs a benchmark against its baselines and writes the result into
 * bench/README.md. Without a name it lists the names.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './browser.mjs';
import { ensureBuilt } from './set-up/build.mjs';
import { ensureInstalled, ScriptError } from './set-up/install.mjs';
import { runScript } from './set-up/run-script.mjs';
import { runToEnd } from './set-up/run-to-end.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Each is `bench/<name>/main.ts`. @type {Record<string, string>} */
const BENCHES = {
  broker: 'calls of programs through Orgdock beside the same calls without it [rounds]',
  grid: 'the grid beside a bare server, a page of markup and a bare virtual list, with its targets [rounds]',
  refresh:
    'Orgdock beside three common ways to refresh a token: herd, faults, starvation [rounds] [strategies]',
  schedules: 'random schedules of faults against the refresh protocol [how many, 100000]',
};

/** Those that measure the built portal; the grid in a browser, too. */
const OF_THE_BUILD = new Set(['broker', 'grid']);

const listing = () =>
  Object.entries(BENCHES)
    .map(([name, what]) => `  ${name.padEnd(12)}${what}`)
    .join('\n');

await runScript(async () => {
  const [name, ...args] = process.argv.slice(2);
  if (name === undefined) {
    console.log(`npm run bench -- <name>\n\n${listing()}`);
    return;
  }
  if (!Object.hasOwn(BENCHES, name))
    throw new ScriptError(`There is no benchmark "${name}". There are:\n${listing()}`);
  await ensureInstalled(root, console.log);
  const env = { ...process.env };
  if (OF_THE_BUILD.has(name)) {
    await ensureBuilt(root, console.log);
    if (name === 'grid') env.CHROMIUM_PATH = await findBrowser(root, console.log);
  }
  const main = path.join(root, 'bench', name, 'main.ts');
  const { code } = await runToEnd(process.execPath, ['--import', 'tsx', main, ...args], { cwd: root, env });
  process.exitCode = code === 0 ? 0 : 1;
});
