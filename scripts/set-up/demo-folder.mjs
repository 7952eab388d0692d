// @ts-check
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ScriptError } from './install.mjs';

/**
 * The folder that keeps a demo's data between starts.
 * @param {string} root
 */
export function demoFolder(root) {
  return path.resolve(root, process.env.ORGDOCK_DATA_DIR || '.data', 'demo');
}

/**
 * Makes the folder and proves that it can be written.
 * @param {string} folder
 */
export function openDemoFolder(folder) {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const probe = path.join(folder, `.probe-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    throw new ScriptError(
      `The demo keeps its data in ${folder}, and that cannot be written (${code}). Make it writable, or choose another place: ORGDOCK_DATA_DIR=/tmp/orgdock npm run demo`,
    );
  }
}

/** @param {number} pid @returns {boolean} whether this process is a running demo */
function isDemo(pid) {
  try {
    process.kill(pid, 0);
    const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return command.includes('demo.mjs') || command.includes('dev.mjs');
  } catch {
    return false;
  }
}

/**
 * Notes that this process is the demo of this folder; refuses while another one runs.
 * @param {string} folder
 * @param {string} url
 * @returns {{wasCutOff: boolean, release: () => void}} `wasCutOff`: the last run left without cleaning up
 */
export function claimDemo(folder, url) {
  const file = path.join(folder, 'running.json');
  let wasCutOff = false;
  try {
    const earlier = JSON.parse(readFileSync(file, 'utf8'));
    if (isDemo(earlier.pid)) {
      throw new ScriptError(
        `The demo is already running at ${earlier.url} (process ${earlier.pid}). Open it, or stop it with Ctrl-C in its terminal or: kill ${earlier.pid}`,
      );
    }
    wasCutOff = true;
  } catch (error) {
    if (error instanceof ScriptError) throw error;
  }
  writeFileSync(file, JSON.stringify({ pid: process.pid, url }));
  return { wasCutOff, release: () => rmSync(file, { force: true }) };
}

/**
 * A secret of the demo, made once and kept.
 * @param {string} folder
 * @param {string} name
 */
export function demoSecret(folder, name) {
  const file = path.join(folder, name);
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    const secret = randomBytes(32).toString('base64url');
    writeFileSync(file, secret, { mode: 0o600 });
    return secret;
  }
}
