// @ts-check
/**
 * `npm run mutants [-- word …]`: applies each mutant of scripts/mutants/list.mjs to a copy of the project and expects
 * its tests to fail. A mutant that they do not notice is a rule that nothing guards. Words choose mutants by name.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectFiles } from './checks/sources.mjs';
import { MUTANTS } from './mutants/list.mjs';
import { ensureInstalled, ScriptError } from './set-up/install.mjs';
import { runScript } from './set-up/run-script.mjs';
import { runToEnd } from './set-up/run-to-end.mjs';
import { vitestCounts } from './set-up/test-counts.mjs';

/** @typedef {import('./mutants/list.mjs').Mutant} Mutant */

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** @param {string} copy */
function copyProject(copy) {
  for (const name of projectFiles(root)) {
    mkdirSync(path.dirname(path.join(copy, name)), { recursive: true });
    cpSync(path.join(root, name), path.join(copy, name));
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'), 'dir');
}

/** @param {string} copy @param {Mutant} mutant @returns {() => void} puts the files back */
function applyMutant(copy, { name, edits }) {
  /** @type {Map<string, string>} */
  const before = new Map();
  for (const { file, find, replace } of edits) {
    const place = path.join(copy, file);
    const text = readFileSync(place, 'utf8');
    if (!before.has(place)) before.set(place, text);
    const found = text.split(find).length - 1;
    if (found !== 1)
      throw new ScriptError(
        `"${name}": its edit of ${file} applies ${found} times, not once. Mend the list.`,
      );
    writeFileSync(
      place,
      text.replace(find, () => replace),
    );
  }
  return () => {
    for (const [place, text] of before) writeFileSync(place, text);
  };
}

/** @param {string} copy @param {Mutant} mutant @returns {Promise<import('./set-up/test-counts.mjs').Counts & {output: string}>} */
async function runTests(copy, { project, tests }) {
  const report = path.join(copy, 'mutant-report.json');
  rmSync(report, { force: true });
  const bin = path.join(root, 'node_modules/vitest/vitest.mjs');
  const args = [
    bin,
    'run',
    ...[project, `${project}-alone`].flatMap((name) => ['--project', name]),
    '--bail=1',
    '--reporter=json',
    `--outputFile=${report}`,
    tests,
  ];
  const { code, output } = await runToEnd(process.execPath, args, { cwd: copy, quiet: true });
  return { ...vitestCounts(report, code), output };
}

await runScript(async () => {
  await ensureInstalled(root, console.log);
  const words = process.argv.slice(2);
  const chosen = MUTANTS.filter(({ name }) => words.every((word) => name.includes(word)));
  const copy = mkdtempSync(path.join(tmpdir(), 'orgdock-mutants-'));
  process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
  let survived = 0;
  copyProject(copy);
  const seen = new Set();
  for (const mutant of chosen) {
    const key = `${mutant.project} ${mutant.tests}`;
    if (!seen.has(key)) {
      seen.add(key);
      const { passed, failed, output } = await runTests(copy, mutant);
      if (failed > 0 || passed === 0) throw new ScriptError(`${output}\n${key}: fails without any mutant.`);
    }
    const restore = applyMutant(copy, mutant);
    const started = performance.now();
    const { failed } = await runTests(copy, mutant);
    restore();
    if (failed === 0) survived += 1;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${failed > 0 ? '✓ noticed ' : '✗ survived'} ${seconds.padStart(6)} s  ${mutant.name}`);
  }
  console.log(`\n${chosen.length - survived} mutants noticed, ${survived} survived`);
  process.exitCode = survived === 0 && chosen.length > 0 ? 0 : 1;
});
