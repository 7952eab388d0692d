// @ts-check
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathOf } from '../findings.mjs';
import { runProgram } from '../programs.mjs';

/** @typedef {import('../findings.mjs').Finding} Finding */

/** Wapiti's package has it; without wapiti the shorter list does. */
const COMMON = '/usr/lib/python3/dist-packages/wapitiCore/data/attacks/busterPayloads.txt';
const COMMON_COUNT = 1_500;

/** What a portal on Next, and a careless deployment, might hold. */
const OWN = [
  ...['.env', '.env.local', '.git/HEAD', '.git/config', '.data/keyring.json', '.npmrc', '.next/BUILD_ID'],
  ...['package.json', 'package-lock.json', 'server.mjs', 'next.config.mjs', 'instrumentation.ts', 'proxy.ts'],
  ...[
    '_next/static/',
    '_next/static/../../server/',
    '_next/server/app/page.js',
    '_next/image?url=/&w=64&q=1',
  ],
  ...[
    '_next/data/build/index.json',
    '_next/static/%2e%2e/BUILD_ID',
    '_next/webpack-hmr',
    '__nextjs_source-map',
  ],
  ...[
    '__nextjs_original-stack-frames',
    '_next/mcp',
    '%2e%2e/%2e%2e/etc/passwd',
    '..%2f..%2f.env',
    '..;/admin',
  ],
  ...['admin', 'admin/', 'ADMIN', 'admin/people.rsc', 'admin/audit.txt', 'en/admin/people', 'admin%2fpeople'],
  ...['api', 'api/v1', 'api/metrics', 'api/auth/session', 'api/auth/providers', 'api/auth/csrf', 'api/debug'],
  ...['account.rsc', 'account.segments/_tree.segment.rsc', 'index.rsc', '_not-found', '_global-error', '404'],
  ...['.well-known/security.txt', 'robots.txt', 'sitemap.xml', 'favicon.ico', 'sw.js', 'manifest.json'],
];

/** @param {string} root @returns {string[]} every file of the build's server side, as somebody might ask for it */
function builtFiles(root) {
  const folder = path.join(root, process.env.NEXT_DIST_DIR ?? '.next');
  return ['', 'server'].flatMap((place) =>
    readdirSync(path.join(folder, place), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .flatMap(({ name }) => ['_next', '.next'].map((folder) => path.posix.join(folder, place, name))),
  );
}

/**
 * Asks for thousands of paths that should not be there.
 * @param {import('../target.mjs').Target} target
 * @param {import('../target.mjs').Visitor} visitor
 * @param {{root: string, cwd: string}} places
 * @returns {Promise<Finding[]>}
 */
export async function runFfuf({ url }, { name, cookie }, { root, cwd }) {
  const common = existsSync(COMMON) ? readFileSync(COMMON, 'utf8').split('\n').slice(0, COMMON_COUNT) : [];
  const words = path.join(cwd, 'words.txt');
  const report = path.join(cwd, `ffuf-${name}.json`);
  writeFileSync(words, [...new Set([...OWN, ...builtFiles(root), ...common])].filter(Boolean).join('\n'));
  const args = ['-s', '-w', words, '-u', `${url}/FUZZ`, '-mc', 'all', '-fc', '404', '-t', '8'];
  const limit = ['-maxtime', '45', '-o', report, '-of', 'json'];
  const { output } = await runProgram('ffuf', [...args, ...limit, ...(cookie ? ['-b', cookie] : [])], {
    cwd,
    seconds: 60,
  });
  if (!existsSync(report)) throw new Error(`ffuf wrote no report:\n${output}`);
  /** @type {{results: Array<{url: string, status: number, redirectlocation: string}>}} */
  const { results } = JSON.parse(readFileSync(report, 'utf8'));
  // A slash at the end is tidied away by a redirect, whatever the path.
  const isTidied = (/** @type {typeof results[0]} */ { status, url: asked, redirectlocation: place }) =>
    status === 308 && `${place}/` === new URL(asked).pathname;
  return results
    .filter((result) => !isTidied(result))
    .map((result) => ({
      tool: 'ffuf',
      as: name,
      method: 'GET',
      path: pathOf(result.url),
      parameter: '',
      kind: `answers ${result.status}${result.redirectlocation ? ` to ${pathOf(result.redirectlocation)}` : ''}`,
    }));
}
