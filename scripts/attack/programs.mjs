// @ts-check
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { runToEnd } from '../set-up/run-to-end.mjs';

/** Debian's packages of the same names. */
const PROGRAMS = ['wapiti', 'sqlmap', 'ffuf'];

/** @param {string} program */
function isInstalled(program) {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Installs what is missing where that is possible.
 * @param {string} root
 * @param {(line: string) => void} say
 * @returns {Promise<string[]>} the programs that are still missing
 */
export async function missingPrograms(root, say) {
  const missing = PROGRAMS.filter((program) => !isInstalled(program));
  if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return missing;
  say(`Installing ${missing.join(', ')} …`);
  const options = { cwd: root, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, quiet: true };
  await runToEnd('apt-get', ['update', '-qq'], options);
  await runToEnd('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], options);
  return missing.filter((program) => !isInstalled(program));
}

/**
 * Runs a program for a limited time, in a folder of its own. It dies with this process.
 * @param {string} program
 * @param {string[]} args
 * @param {{cwd: string, seconds: number}} options
 * @returns {Promise<{code: number | null, output: string, late: boolean}>} `late`: it was ended when its time was up
 */
export function runProgram(program, args, { cwd, seconds }) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let late = false;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    const end = () => child.kill('SIGKILL');
    process.once('exit', end);
    const timer = setTimeout(() => {
      late = true;
      end();
    }, seconds * 1_000);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      process.off('exit', end);
      resolve({ code, output, late });
    });
  });
}
