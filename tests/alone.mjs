// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const FOLDERS = ['app', 'bench', 'components', 'db', 'lib', 'scripts', 'server', 'tests'];
const REPLACES_MODULES = /\bvi\.(?:mock|doMock|resetModules)\(/;

/**
 * The test files that replace modules or want them anew, by their path from `root`. They have a process each; all others
 * share one, so that the modules of the portal are loaded once and not for every file.
 * @param {string} root @returns {string[]}
 */
export function filesAlone(root) {
  return FOLDERS.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.test\.tsx?$/.test(file))
      .map((file) => path.join(folder, file)),
  ).filter((file) => REPLACES_MODULES.test(readFileSync(path.join(root, file), 'utf8')));
}
