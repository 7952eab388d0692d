// @ts-check
/**
 * `npm run attack`: wapiti, sqlmap, ffuf and csp_evaluator over a demo of its own, signed out, as a member and as an
 * administrator. Fails when one finds what scripts/attack/baseline.json does not hold. Under fifteen minutes.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEndpoint } from './attack/endpoint.mjs';
import { compare } from './attack/findings.mjs';
import { missingPrograms } from './attack/programs.mjs';
import { startTarget } from './attack/target.mjs';
import { runCspEvaluator } from './attack/tools/csp.mjs';
import { runFfuf } from './attack/tools/ffuf.mjs';
import { runSqlmap } from './attack/tools/sqlmap.mjs';
import { runWapiti } from './attack/tools/wapiti.mjs';
import { ensureInstalled, ScriptError } from './set-up/install.mjs';
import { runScript } from './set-up/run-script.mjs';

const LIMIT_MINUTES = 15;

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const RUNS = { csp_evaluator: runCspEvaluator, ffuf: runFfuf, sqlmap: runSqlmap, wapiti: runWapiti };

/** @param {string} folder the demo's data @returns {Promise<() => void>} ends it */
async function forgetLimits(folder) {
  const args = ['--import', 'tsx', 'scripts/attack/forget-limits.ts', folder];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const started = await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(() => null)]);
  if (started === null) throw new Error('The rate limits of the demo could not be set aside, see above.');
  process.once('exit', () => child.kill());
  return () => void child.kill();
}

await runScript(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !Object.hasOwn(RUNS, name));
  if (unknown)
    throw new ScriptError(`There is no tool "${unknown}". Tools: ${Object.keys(RUNS).join(', ')}.`);
  await ensureInstalled(root, console.log);
  const missing = await missingPrograms(root, console.log);
  const tools = Object.entries(RUNS).filter(([name]) => wanted.length === 0 || wanted.includes(name));
  const ran = tools.filter(([name]) => !missing.includes(name));
  for (const [name] of tools.filter(([name]) => missing.includes(name))) {
    console.log(`Left out: ${name} is not installed; only root on Debian or Ubuntu has it installed here.`);
  }
  if (ran.length === 0) throw new ScriptError('No tool is left to run.');

  const cwd = mkdtempSync(path.join(tmpdir(), 'orgdock-attack-'));
  const endpoint = await startEndpoint();
  const target = await startTarget(root);
  let stopForgetting = () => {};
  /** @type {import('./attack/findings.mjs').Finding[]} */
  const findings = [];
  /** @type {string[]} */
  const cutOff = [];
  try {
    stopForgetting = await forgetLimits(target.folder);
    for (const [name, run] of ran) {
      for (const visitor of target.visitors) {
        if (performance.now() > LIMIT_MINUTES * 60_000) {
          throw new ScriptError(
            `${LIMIT_MINUTES} minutes are over, and ${name} has not attacked everything.`,
          );
        }
        const started = performance.now();
        const calls = endpoint.calls().length;
        const found = await run(target, visitor, { root, cwd, endpoint: endpoint.url });
        for (const call of endpoint.calls().slice(calls)) {
          const facts = { tool: name, as: visitor.name, method: 'any', path: '/', parameter: '' };
          found.push({ ...facts, kind: `the portal called a server that the attack named: ${call}` });
        }
        findings.push(...found);
        const seconds = ((performance.now() - started) / 1_000).toFixed(0);
        console.log(`${name}, signed in as ${visitor.name}: ${found.length} findings, ${seconds} s`);
      }
    }
  } finally {
    stopForgetting();
    await target.stop();
    endpoint.stop();
    rmSync(cwd, { recursive: true, force: true });
  }

  const report = path.join(root, 'test-results', 'attack.json');
  mkdirSync(path.dirname(report), { recursive: true });
  writeFileSync(report, `${JSON.stringify(findings, null, 2)}\n`);
  const baseline = JSON.parse(readFileSync(path.join(root, 'scripts/attack/baseline.json'), 'utf8'));
  const { fresh, gone } = compare(
    findings,
    baseline,
    ran.map(([name]) => name).filter((name) => !cutOff.includes(name)),
  );
  for (const line of gone) console.log(`No longer found, so take it out of the baseline: ${line}`);
  for (const line of fresh) console.error(`New: ${line}`);
  console.log(`\n${findings.length} findings, ${fresh.length} of them new. All of them: ${report}`);
  process.exitCode = fresh.length === 0 && cutOff.length === 0 ? 0 : 1;
});
