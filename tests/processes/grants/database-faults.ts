import { readFileSync } from 'node:fs';
import path from 'node:path';
import { vi } from 'vitest';
import { openOwnerConnection } from '@/db/pool';

/** Cuts every connection of the portal and lets none in. A process that starts meanwhile lets all in again. */
export async function whileNobodyMayLogIn(serverUrl: string, work: () => Promise<void>): Promise<void> {
  const owner = openOwnerConnection(serverUrl);
  const allow = (login: 'LOGIN' | 'NOLOGIN') => owner.unsafe(`ALTER ROLE orgdock_portal ${login}`);
  try {
    await allow('NOLOGIN');
    await owner`SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
                 WHERE application_name = 'orgdock portal'`;
    await work();
  } finally {
    await allow('LOGIN');
    await owner.end();
  }
}

/** PostgreSQL ends at once, as in a crash, and its owner starts it again. Resolves when the old one is gone. */
export async function crashDatabase(dataDir: string): Promise<void> {
  const before = postmasterPid(dataDir);
  if (before === 0) throw new Error('There is no server to crash.');
  process.kill(before, 'SIGQUIT');
  await vi.waitUntil(() => postmasterPid(dataDir) !== before, { timeout: 60_000 });
}

function postmasterPid(dataDir: string): number {
  try {
    return Number(readFileSync(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return 0;
  }
}
