// @ts-check
/** Finds or installs a Chromium for the end-to-end tests: `findBrowser()`. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ScriptError } from './set-up/install.mjs';
import { runToEnd } from './set-up/run-to-end.mjs';

/** The headless shell first: the same engine, which opens no window of its own for each context. */
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** @param {string} file @returns {boolean} whether it starts: a stub or missing libraries fail here, not in a test */
function starts(file) {
  try {
    return /\d+\.\d+/.test(
      execFileSync(file, ['--version'], {
        encoding: 'utf8',
        timeout: 30_000,
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
  } catch {
    return false;
  }
}

/** @param {string | undefined} searchPath @returns {string | null} */
function ofTheSystem(searchPath) {
  const folders = (searchPath ?? '').split(path.delimiter).filter(Boolean);
  const candidates = [...NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))), ...MAC];
  return candidates.find((file) => existsSync(file) && starts(file)) ?? null;
}

/** @returns {Promise<string | null>} */
async function ofPlaywright() {
  const { chromium } = await import('@playwright/test');
  const file = chromium.executablePath();
  return existsSync(file) && starts(file) ? file : null;
}

/** @param {string} root */
async function installOfPlaywright(root) {
  const cli = path.join(root, 'node_modules/@playwright/test/cli.js');
  await runToEnd(process.execPath, [cli, 'install', 'chromium'], { cwd: root });
}

/** Debian and its descendants; the older ones have no package of the headless shell. @param {string} root */
async function installPackage(root) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runToEnd('apt-get', ['update', '-qq'], { cwd: root, env });
  for (const name of ['chromium-headless-shell', 'chromium']) {
    const args = ['install', '-y', '-qq', '--no-install-recommends', name];
    const { code } = await runToEnd('apt-get', args, { cwd: root, env });
    if (code === 0) return;
  }
}

/**
 * @typedef {object} Ways where browsers come from; a test hands in its own
 * @property {NodeJS.ProcessEnv} env
 * @property {() => Promise<string | null>} ofPlaywright
 * @property {Array<{ words: string, install: (root: string) => Promise<void> }>} installers
 */

/** @type {Ways} */
const USUAL = {
  env: process.env,
  ofPlaywright,
  installers: [
    { words: 'installing the one of Playwright', install: installOfPlaywright },
    { words: 'trying the package of the system', install: installPackage },
  ],
};

/**
 * Path of a Chromium that starts: `CHROMIUM_PATH`, the system's, Playwright's; else one is installed.
 * @param {string} root
 * @param {(line: string) => void} say
 * @param {Ways} [ways]
 * @returns {Promise<string>}
 */
export async function findBrowser(root, say, ways = USUAL) {
  const wanted = ways.env.CHROMIUM_PATH;
  if (wanted) {
    if (starts(wanted)) return wanted;
    throw new ScriptError(`CHROMIUM_PATH is ${wanted}, and that does not start. Correct it or leave it out.`);
  }
  const find = async () => ofTheSystem(ways.env.PATH) ?? (await ways.ofPlaywright());
  let found = await find();
  for (const { words, install } of ways.installers) {
    if (found) break;
    say(`No Chromium that starts was found; ${words} …`);
    await install(root);
    found = await find();
  }
  if (found) return found;
  throw new ScriptError(
    'The end-to-end tests need a Chromium and none could be installed. Install one (Debian: apt install chromium-headless-shell; else npx playwright install --with-deps chromium) or name it with CHROMIUM_PATH.',
  );
}
