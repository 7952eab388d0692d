import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Cluster } from './cluster';
import { SERVER_ENV } from './os-user';
import { commandLineOf, isAlive } from './process-facts';

const LOG_LIMIT_BYTES = 5_000_000;

/** What postmaster.pid says about a server that runs. */
export interface RunningPostmaster {
  pid: number;
  port: number;
  /** `starting`, `ready`, `stopping`, … */
  status: string;
}

/** A server that this process has started. `exited` gives its log when it ends. */
export interface SpawnedPostmaster {
  pid: number;
  exited: Promise<string>;
}

/**
 * The running server of a cluster; null when none runs, or when the pid file can't be read: then PostgreSQL
 * itself decides at its start. A pid that now belongs to another program counts as "none".
 * @see https://www.postgresql.org/docs/18/storage-file-layout.html
 */
export function readPostmaster(cluster: Cluster): RunningPostmaster | null {
  const lines = readPidFile(cluster);
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid) || isAnotherProgram(pid, cluster)) return null;
  return { pid, port: Number.isInteger(port) ? port : 0, status: lines[7]?.trim() ?? 'starting' };
}

function readPidFile(cluster: Cluster): string[] {
  try {
    return readFileSync(path.join(cluster.directory, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

function isAnotherProgram(pid: number, cluster: Cluster): boolean {
  const command = commandLineOf(pid);
  return command !== null && !command.includes(cluster.directory);
}

/**
 * Starts PostgreSQL in its own session, so that Ctrl-C reaches the portal only. It listens on loopback and
 * nowhere else.
 */
export async function spawnPostmaster(
  cluster: Cluster,
  port: number,
  settings: string[],
): Promise<SpawnedPostmaster> {
  disownReusedPid(cluster);
  const logStart = rotateLog(cluster);
  const log = openSync(cluster.logFile, 'a', 0o600);
  const all = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=60',
    'shared_buffers=64MB',
    'timezone=UTC',
    'log_timezone=UTC',
    // A failing statement can hold what nobody should read in a log.
    'log_min_error_statement=panic',
    ...settings,
  ];
  const child = spawn(
    cluster.binaries.postgres,
    ['-D', cluster.directory, ...all.flatMap((setting) => ['-c', setting])],
    { ...cluster.user, cwd: '/', env: SERVER_ENV, detached: true, stdio: ['ignore', log, log] },
  );
  closeSync(log);
  child.unref();
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(String(error)));
    child.once('exit', () => resolve(readLog(cluster).slice(logStart)));
  });
  return { pid: child.pid ?? 0, exited };
}

/**
 * After a kill -9 or a new container, the pid in the file may be another program's, and PostgreSQL would
 * refuse to start for ever. The file then gets the pid of a process that has just ended; the rest of it
 * stays, so PostgreSQL still checks by its shared memory that nobody uses the cluster.
 */
function disownReusedPid(cluster: Cluster): void {
  const [first, ...rest] = readPidFile(cluster);
  const pid = Number(first);
  if (!Number.isInteger(pid) || pid <= 0 || readPostmaster(cluster)) return;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
  }
  const ended = spawnSync('/bin/sh', ['-c', ':']).pid;
  writeFileSync(path.join(cluster.directory, 'postmaster.pid'), [ended, ...rest].join('\n'));
}

/** Keeps one older log; returns where the new part starts, in characters. */
function rotateLog(cluster: Cluster): number {
  const size = statSync(cluster.logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= LOG_LIMIT_BYTES) return readLog(cluster).length;
  renameSync(cluster.logFile, `${cluster.logFile}.1`);
  return 0;
}

/** Empty when there is none: the data folder may be gone when PostgreSQL ends. */
function readLog(cluster: Cluster): string {
  try {
    return readFileSync(cluster.logFile, 'utf8');
  } catch {
    return '';
  }
}

/** Fast shutdown: open transactions end, committed rows are on disk. Falls back to an immediate one after 30 s. */
export async function stopPostmaster(cluster: Cluster, pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const deadline = Date.now() + 30_000;
    while (Date.now() < deadline) {
      if (readPostmaster(cluster)?.pid !== pid) return;
      await wait(10);
    }
  }
}

/** A port of loopback that is free now. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
