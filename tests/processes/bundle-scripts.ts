import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    bundledScripts: string;
  }
}

const root = path.resolve(import.meta.dirname, '../..');
const SCRIPTS = [
  'scripts/admin.ts',
  'scripts/seed-demo.ts',
  'tests/processes/fixtures/audit-process.ts',
  'tests/processes/fixtures/database-process.ts',
  'tests/processes/fixtures/grant-process.ts',
];

/**
 * Makes one JavaScript file of each script that tests start again and again: compiling its sources at every start costs
 * two seconds of a core. Beside the installed packages, which it imports, and readable for every user.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cache = path.join(root, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(path.join(cache, 'orgdock-scripts-'));
  await build({
    absWorkingDir: root,
    entryPoints: SCRIPTS,
    outdir: folder,
    entryNames: '[name]',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
  });
  await chmod(folder, 0o755);
  project.provide('bundledScripts', folder);
  return () => rm(folder, { recursive: true, force: true });
}
