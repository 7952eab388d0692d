import { spawn } from 'node:child_process';
import type { Cluster } from './cluster';
import { SERVER_ENV } from './os-user';

/** `read` returns when the portal's end of the pipe closes, however the portal ended. */
const SCRIPT = `
trap '' INT TERM HUP
read -r _
read -r running < "$1/postmaster.pid" && [ "$running" = "$2" ] && kill -INT "$2"
`;

/**
 * Starts a shell of its own session that stops PostgreSQL when this process is gone, even by kill -9.
 * The returned function ends it without stopping anything, once PostgreSQL is stopped.
 */
export function startWatchdog(cluster: Cluster, postmasterPid: number): () => void {
  const args = ['-c', SCRIPT, 'orgdock-watchdog', cluster.directory, String(postmasterPid)];
  const child = spawn('/bin/sh', args, {
    ...cluster.user,
    cwd: '/',
    env: SERVER_ENV,
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.unref();
  const { stdin } = child;
  if ('unref' in stdin && typeof stdin.unref === 'function') stdin.unref();
  // The shell may end first, when PostgreSQL was stopped by somebody else.
  stdin.on('error', () => undefined);
  return () => stdin.destroy();
}
