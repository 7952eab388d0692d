// @ts-check
/**
 * `npm test [-- stage [files]]`: installs what is missing, runs every stage (or one) and ends with the line
 * `N passed, N failed, N skipped`. Stages: check, unit, integration, library (both, with
 * coverage), simulator, processes, crowd, pgbouncer (left out, with its reason, where there is none), e2e.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './browser.mjs';
import { runSteps } from './checks/run-steps.mjs';
import { ensureBuilt } from './set-up/build.mjs';
import { ensureInstalled, ScriptError } from './set-up/install.mjs';
import { findPgBouncer } from './set-up/pgbouncer.mjs';
import { runScript } from './set-up/run-script.mjs';
import { runToEnd } from './set-up/run-to-end.mjs';
import { inWords, lastCounts, playwrightCounts, vitestCounts } from './set-up/test-counts.mjs';

/** @typedef {import('./set-up/test-counts.mjs').Counts & {leftOut?: string}} Counts `leftOut`: why the stage did not run */

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const reports = path.join(root, 'test-results', 'reports');

/** @param {string[]} files @returns {Promise<Counts>} */
async function check(files) {
  if (files.length > 0) throw new ScriptError('The stage check takes no files.');
  const { checkSteps } = await import('./check.mjs');
  const steps = checkSteps();
  const failed = await runSteps(steps, Math.max(2, Math.min(4, availableParallelism())));
  return { passed: steps.length - failed, failed, skipped: 0 };
}

/** @param {string[]} projects @param {string[]} [options] */
const vitest =
  (projects, options = []) =>
  async (/** @type {string[]} */ files) => {
    const report = path.join(reports, `${projects.join('-')}.json`);
    rmSync(report, { force: true });
    const bin = path.join(root, 'node_modules/vitest/vitest.mjs');
    const output = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const chosen = projects.flatMap((project) => ['--project', project]);
    const args = [bin, 'run', ...chosen, ...output, ...options, ...files];
    const { code } = await runToEnd(process.execPath, args, { cwd: root });
    return vitestCounts(report, code);
  };

/** @param {string} project */
const onBuild = (project) => async (/** @type {string[]} */ files) => {
  await ensureBuilt(root, console.log);
  return vitest([project])(files);
};

/** @param {string[]} files @returns {Promise<Counts>} */
async function pgbouncer(files) {
  const found = await findPgBouncer(root, console.log);
  if ('missing' in found) return { passed: 0, failed: 0, skipped: 0, leftOut: found.missing };
  process.env.PGBOUNCER_PATH = found.path;
  return vitest(['pgbouncer'])(files);
}

/** @param {string[]} files @returns {Promise<Counts>} */
async function e2e(files) {
  await ensureBuilt(root, console.log);
  const browser = await findBrowser(root, console.log);
  const report = path.join(reports, 'e2e.json');
  rmSync(report, { force: true });
  const env = { ...process.env, CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_FILE: report, NODE_ENV: 'test' };
  const bin = path.join(root, 'node_modules/@playwright/test/cli.js');
  const { code } = await runToEnd(process.execPath, [bin, 'test', ...files], { cwd: root, env });
  return playwrightCounts(report, code);
}

const UNIT = ['unit', 'unit-alone'];
const INTEGRATION = ['integration', 'integration-alone'];
/** @type {Record<string, (files: string[]) => Promise<Counts>>} */
const STAGES = {
  check,
  unit: vitest(UNIT),
  integration: vitest(INTEGRATION),
  // Both at once, because branch coverage is theirs together; vitest.config.ts says how much it must be.
  library: vitest([...UNIT, ...INTEGRATION], ['--coverage']),
  simulator: vitest(['simulator']),
  processes: onBuild('processes'),
  // Must have the machine for itself; vitest.config.ts says why.
  crowd: onBuild('crowd'),
  pgbouncer,
  e2e,
};
/** The quick ones first. Those of one line run side by side: what one waits for leaves the other the cores. */
const FULL_RUN = [['check'], ['library', 'processes'], ['simulator'], ['crowd'], ['pgbouncer'], ['e2e']];

/**
 * A stage as a process of its own; what it prints is shown in one piece when it ends, so that two can be read.
 * @param {string} name
 * @returns {Promise<Counts>}
 */
async function apart(name) {
  const args = [fileURLToPath(import.meta.url), name];
  const { code, output } = await runToEnd(process.execPath, args, { cwd: root, quiet: true });
  process.stdout.write(output);
  const [passed, failed, skipped] = lastCounts(output) ?? [0, 1, 0];
  return { passed, failed: code !== 0 && failed + skipped === 0 ? 1 : failed, skipped };
}

/** @param {string[]} files @returns {(name: string) => Promise<Counts>} */
const here = (files) => (name) => {
  console.log(`\n── ${name} ──`);
  const run = STAGES[name];
  if (run) return run(files);
  throw new ScriptError(`There is no stage "${name}". Stages: ${Object.keys(STAGES).join(', ')}.`);
};

/**
 * @param {string} name
 * @param {(name: string) => Promise<Counts>} run
 * @returns {Promise<{counts: Counts, line: string}>}
 */
async function timed(name, run) {
  const started = performance.now();
  /** @type {Counts} */
  const counts = await run(name).catch((error) => {
    console.error(error instanceof ScriptError ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const result = counts.leftOut ? `left out: ${counts.leftOut}` : inWords(counts);
  return { counts, line: `${name.padEnd(12)} ${seconds.padStart(7)} s   ${result}` };
}

await runScript(async () => {
  const [wanted, ...files] = process.argv.slice(2);
  await ensureInstalled(root, console.log);
  mkdirSync(reports, { recursive: true });
  const total = { passed: 0, failed: 0, skipped: 0 };
  const lines = [];
  let nothingToDo = false;
  for (const names of wanted ? [[wanted]] : FULL_RUN) {
    if (names.length > 1) console.log(`\n── ${names.join(' and ')}, side by side ──`);
    const run = names.length > 1 ? apart : here(files);
    for (const { counts, line } of await Promise.all(names.map((name) => timed(name, run)))) {
      lines.push(line);
      nothingToDo = counts.leftOut !== undefined && wanted !== undefined;
      total.passed += counts.passed;
      total.failed += counts.failed;
      total.skipped += counts.skipped;
    }
  }
  // A skipped test fails the run: nothing is left out silently.
  process.exitCode = total.failed === 0 && total.skipped === 0 && (total.passed > 0 || nothingToDo) ? 0 : 1;
  console.log(`\n${lines.join('\n')}\n`);
  console.log(inWords(total));
});
