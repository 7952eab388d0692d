// @ts-check
/** Finds or installs a Chromium for the end-to-end tests: `findBrowser()`. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ScriptError } from './set-up/install.mjs';
import { runToEnd } from './set-up/run-to-end.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
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

/** @returns {string | null} */
function ofTheSystem() {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const candidates = [...NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))), ...MAC];
  return candidates.find((file) => existsSync(file) && starts(file)) ?? null;
}

/** @returns {Promise<string | null>} */
async function ofPlaywright() {
  const { chromium } = await import('@playwright/test');
  const file = chromium.executablePath();
  return existsSync(file) && starts(file) ? file : null;
}

/** Debian and its descendants. @param {string} root */
async function installPackage(root) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runToEnd('apt-get', ['update', '-qq'], { cwd: root, env });
  await runToEnd('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
    cwd: root,
    env,
  });
}

/**
 * Path of a Chromium that starts: `CHROMIUM_PATH`, the system's, Playwright's; else one is installed.
 * @param {string} root
 * @param {(line: string) => void} say
 * @returns {Promise<string>}
 */
export async function findBrowser(root, say) {
  const wanted = process.env.CHROMIUM_PATH;
  if (wanted) {
    if (starts(wanted)) return wanted;
    throw new ScriptError(`CHROMIUM_PATH is ${wanted}, and that does not start. Correct it or leave it out.`);
  }
  const found = ofTheSystem() ?? (await ofPlaywright());
  if (found) return found;

  say('No Chromium found; installing the one of Playwright …');
  const cli = path.join(root, 'node_modules/@playwright/test/cli.js');
  await runToEnd(process.execPath, [cli, 'install', 'chromium'], { cwd: root });
  const downloaded = await ofPlaywright();
  if (downloaded) return downloaded;

  say('That did not give a Chromium that starts; trying the package of the system …');
  await installPackage(root);
  const packaged = ofTheSystem() ?? (await ofPlaywright());
  if (packaged) return packaged;
  throw new ScriptError(
    'The end-to-end tests need a Chromium and none could be installed. Install one (Debian: apt install chromium; else npx playwright install --with-deps chromium) or name it with CHROMIUM_PATH.',
  );
}
