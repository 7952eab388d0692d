// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isTest, projectFiles } from '../checks/sources.mjs';
import { ScriptError } from './install.mjs';
import { runToEnd } from './run-to-end.mjs';

const BUILT_FROM =
  /^(?:app|components|lib|db|public)\/|^(?:proxy|instrumentation)\.ts$|^[a-z]+\.config\.(?:mjs|ts)$|^(?:package-lock|tsconfig)\.json$/;
const NOT_BUILT = /^(?:vitest|playwright|drizzle)\.config\.ts$|\.sql$|^db\/migrations\//;

/** @param {string} root @returns {string} a fingerprint of everything that goes into the build */
export function sourceFingerprint(root) {
  const hash = createHash('sha256');
  for (const name of projectFiles(root).sort()) {
    if (!BUILT_FROM.test(name) || NOT_BUILT.test(name) || isTest(name)) continue;
    hash
      .update(`${name}\0`)
      .update(readFileSync(path.join(root, name)))
      .update('\0');
  }
  return hash.update(process.versions.node.split('.')[0] ?? '').digest('hex');
}

/**
 * Builds the portal when its sources differ from those of the last build by this function.
 * @param {string} root
 * @param {(line: string) => void} say
 * @returns {Promise<boolean>} whether it had to build
 */
export async function ensureBuilt(root, say) {
  const folder = path.join(root, process.env.NEXT_DIST_DIR ?? '.next');
  const mark = path.join(folder, 'built-from.json');
  const fingerprint = sourceFingerprint(root);
  if (existsSync(mark) && existsSync(path.join(folder, 'BUILD_ID'))) {
    try {
      if (JSON.parse(readFileSync(mark, 'utf8')).fingerprint === fingerprint) return false;
    } catch {
      // A mark that cannot be read says nothing: build again.
    }
  }
  say('Building (about a minute; the next start reuses it) …');
  const bin = path.join(root, 'node_modules/next/dist/bin/next');
  // Settings of nobody: a build that opened a database would leave this folder behind.
  const trap = path.join(folder, 'no-database-in-a-build');
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    DATABASE_URL: '',
    ORGDOCK_DATA_DIR: trap,
  };
  const built = await runToEnd(process.execPath, [bin, 'build'], { cwd: root, env, quiet: true });
  if (built.code !== 0) throw new ScriptError(`${built.output}\nThe build failed, see above.`);
  if (existsSync(trap)) throw new ScriptError('`next build` opened a database; only a running portal may.');
  writeFileSync(mark, JSON.stringify({ fingerprint }));
  return true;
}
