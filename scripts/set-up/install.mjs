import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

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
 * Why the dependencies must be installed, or null when node_modules is what package-lock.json says. Every package's
 * own package.json is looked at: an install that was cut off leaves empty folders behind.
 * @param {string} root
 * @returns {string | null}
 */
export function missingDependencies(root) {
  const wanted = readJson(path.join(root, 'package-lock.json'))?.packages;
  if (!wanted) throw new ScriptError('package-lock.json is missing or damaged: check it out again.');
  const installed = readJson(path.join(root, 'node_modules/.package-lock.json'))?.packages;
  if (!installed)
    return existsSync(path.join(root, 'node_modules'))
      ? 'the last install did not finish'
      : 'nothing is installed';
  for (const [place, entry] of Object.entries(wanted)) {
    if (place === '' || entry.link) continue;
    const found = installed[place];
    if (!found && entry.optional) continue;
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
  const npm = process.env.npm_execpath?.endsWith('.js')
    ? [process.execPath, process.env.npm_execpath]
    : ['npm'];
  const [command = 'npm', ...before] = npm;
  const args = [
    ...before,
    'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: '' },
  });
  if (error)
    throw new ScriptError(`npm could not be started (${error.message}). Install npm, then try again.`);
  if (status !== 0)
    throw new ScriptError(
      '`npm ci` failed, see above. Mend the cause (network? disk?) and run the same command again.',
    );
  const still = missingDependencies(root);
  if (still) throw new ScriptError(`\`npm ci\` ended, but ${still}. Delete node_modules and try again.`);
}
