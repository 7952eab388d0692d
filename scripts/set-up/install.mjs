// @ts-check
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runToEnd } from './run-to-end.mjs';

/** An expected failure of a script: its message is for the person at the terminal, without a stack. */
export class ScriptError extends Error {}

/** @param {string} file */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * Refuses a Node that is older than package.json allows.
 * @param {string} root
 * @param {string} [version]
 */
export function checkNode(root, version = process.versions.node) {
  const wanted = /(\d+)\.(\d+)/.exec(readJson(path.join(root, 'package.json'))?.engines?.node ?? '');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [needMajor, needMinor] = [Number(wanted?.[1] ?? 0), Number(wanted?.[2] ?? 0)];
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
  throw new ScriptError(
    `Orgdock needs Node ${needMajor}.${needMinor} or newer; this is Node ${version}. Node 24 is recommended: https://nodejs.org`,
  );
}

/**
 * npm writes this file at the end of an install.
 * @param {string} root
 */
function installedLock(root) {
  return path.join(root, 'node_modules/.package-lock.json');
}

/**
 * Why the dependencies must be installed, or null when node_modules is what package-lock.json says. Every package's
 * own package.json is looked at: an install that was cut off leaves empty folders behind.
 * @param {string} root
 * @returns {string | null}
 */
export function missingDependencies(root) {
  const wanted = readJson(path.join(root, 'package-lock.json'))?.packages;
  if (!wanted) throw new ScriptError('package-lock.json is missing or damaged: check it out again.');
  const installed = readJson(installedLock(root))?.packages;
  if (!installed)
    return existsSync(path.join(root, 'node_modules'))
      ? 'the last install did not finish'
      : 'nothing is installed';
  for (const [place, entry] of Object.entries(wanted)) {
    if (place === '' || entry.link) continue;
    const found = installed[place];
    // Another platform's binary, or a leftover of the resolution.
    if (!found && (entry.optional || entry.extraneous || entry.os || entry.cpu)) continue;
    if (found?.version !== entry.version)
      return `${place} is ${found?.version ?? 'missing'}, not ${entry.version}`;
    if (!existsSync(path.join(root, place, 'package.json'))) return `${place} is incomplete`;
  }
  return null;
}

/**
 * Installs exactly what package-lock.json says when node_modules differs from it.
 * @param {string} root
 * @param {(line: string) => void} say
 */
export async function ensureInstalled(root, say) {
  checkNode(root);
  const reason = missingDependencies(root);
  if (!reason) return;
  say(`Installing the dependencies (${reason}) …`);
  // What an interrupted install left behind is not to be trusted file by file.
  if (!existsSync(installedLock(root)))
    rmSync(path.join(root, 'node_modules'), { recursive: true, force: true });
  const { npm_execpath: npmScript } = process.env;
  const [command, ...before] = npmScript?.endsWith('.js') ? [process.execPath, npmScript] : ['npm'];
  // Not `npm ci`: it refuses a lockfile that was written where some platforms' optional packages were not to be had.
  const args = ['install', '--no-save', '--include=dev', '--include=optional', '--loglevel=error'];
  const env = { ...process.env, NODE_ENV: undefined };
  const { code, error } = await runToEnd(command, [...before, ...args], { cwd: root, env });
  if (error)
    throw new ScriptError(`npm could not be started (${error.message}). Install npm, then try again.`);
  if (code !== 0)
    throw new ScriptError(
      'The install failed, see above. Mend the cause (network? disk?) and run the same command again.',
    );
  const still = missingDependencies(root);
  if (still) throw new ScriptError(`The install ended, but ${still}. Delete node_modules and try again.`);
}
