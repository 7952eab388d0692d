// @ts-check
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const NEVER = new Set([
  'node_modules',
  '.git',
  '.next',
  '.data',
  'coverage',
  'test-results',
  'playwright-report',
]);

/** @param {string} folder @param {string} prefix @returns {string[]} */
function walk(folder, prefix = '') {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (NEVER.has(entry.name) || entry.name.startsWith('.next')) return [];
    const name = prefix ? `${prefix}/${entry.name}` : entry.name;
    return entry.isDirectory() ? walk(path.join(folder, entry.name), name) : [name];
  });
}

/**
 * The project's own files, with forward slashes: what git tracks or would track; every file when there is no git.
 * @param {string} root
 * @returns {string[]}
 */
export function projectFiles(root) {
  try {
    const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
    const listed = execFileSync('git', args, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return [...new Set(listed.split('\0').filter(Boolean))].filter((name) =>
      existsSync(path.join(root, name)),
    );
  } catch {
    return walk(root);
  }
}

/** @param {string} root @param {string} name */
export function readSource(root, name) {
  return readFileSync(path.join(root, name), 'utf8');
}

/** @param {string} name */
export function isTest(name) {
  return /\.(test|spec)\.tsx?$/.test(name) || name.startsWith('tests/') || name.startsWith('e2e/');
}
