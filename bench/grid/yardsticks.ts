import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@/tests/free-port';
import { root, type ScriptProcess, startScript } from '@/tests/processes/portal-process';
import { Child } from './child';
import type { RowSource } from './yardstick-app/read-rows';

const SOURCES = path.join(import.meta.dirname, 'yardstick-app');
const APP = path.join(root, '.data/bench/yardstick-app');
const NEXT = path.join(root, 'node_modules/next/dist/bin/next');

/** What the portal is measured beside. */
export interface Yardsticks {
  bare: { origin: string; pid: number };
  /** `/`: the rows as markup; `/list`: the bare virtual list; `/empty`: an empty page. */
  next: { origin: string; pid: number };
  stop: () => Promise<void>;
}

/** Builds the small Next app, unless it is as it was, and starts both servers. */
export async function startYardsticks(source: RowSource): Promise<Yardsticks> {
  const mark = path.join(APP, '.next', 'built-from');
  const fingerprint = await fingerprintOf(SOURCES);
  if ((await readFile(mark, 'utf8').catch(() => '')) !== fingerprint) {
    await buildApp();
    await writeFile(mark, fingerprint);
  }
  const bare = await Child.start<string>('bare', source);
  const port = await freePort();
  const settings = { BENCH_SETTINGS: JSON.stringify(source), NEXT_TELEMETRY_DISABLED: '1' };
  const next = startScript([NEXT, 'start', APP, '--port', String(port), '--hostname', '127.0.0.1'], settings);
  await next.says('Ready');
  return {
    bare: { origin: bare.where, pid: bare.pid },
    next: { origin: `http://127.0.0.1:${port}`, pid: next.child.pid ?? 0 },
    stop: async () => {
      await bare.stop();
      await end(next);
    },
  };
}

async function buildApp(): Promise<void> {
  await rm(APP, { recursive: true, force: true });
  await mkdir(path.dirname(APP), { recursive: true });
  await cp(SOURCES, APP, { recursive: true });
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' };
  await promisify(execFile)(process.execPath, [NEXT, 'build'], { cwd: APP, env });
}

/** Of the app's own files, and of the versions that it is built with. */
async function fingerprintOf(folder: string): Promise<string> {
  const hash = createHash('sha256').update(await readFile(path.join(root, 'package-lock.json')));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  for (const file of files.sort()) hash.update(file).update(await readFile(file));
  return hash.digest('hex');
}

async function end(script: ScriptProcess): Promise<void> {
  script.child.kill('SIGTERM');
  await script.ended;
}
