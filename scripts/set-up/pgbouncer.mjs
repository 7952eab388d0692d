// @ts-check
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { runToEnd } from './run-to-end.mjs';

/** @returns {string | null} the program of this machine; Debian keeps it where only root looks */
function installed() {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const files = [...folders, '/usr/sbin', '/usr/local/sbin'].map((folder) => path.join(folder, 'pgbouncer'));
  return files.find((file) => existsSync(file) && starts(file)) ?? null;
}

/** @param {string} file */
function starts(file) {
  try {
    return /PgBouncer \d/.test(execFileSync(file, ['--version'], { encoding: 'utf8', timeout: 30_000 }));
  } catch {
    return false;
  }
}

/** Debian and its descendants. @param {string} root */
async function installPackage(root) {
  // Run level 1: the package's own service is not started.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const options = { cwd: root, env, quiet: true };
  await runToEnd('apt-get', ['update', '-qq'], options);
  await runToEnd('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'pgbouncer'], options);
}

/**
 * The PgBouncer of this machine, installed where that is possible; else why there is none.
 * @param {string} root
 * @param {(line: string) => void} say
 * @returns {Promise<{path: string} | {missing: string}>}
 */
export async function findPgBouncer(root, say) {
  const found = installed();
  if (found) return { path: found };
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    return { missing: 'PgBouncer is not installed; only root on Debian or Ubuntu has it installed here' };
  }
  say('Installing PgBouncer …');
  await installPackage(root);
  const fresh = installed();
  return fresh
    ? { path: fresh }
    : { missing: 'PgBouncer is not installed, and apt-get could not install it' };
}
