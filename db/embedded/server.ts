import { setTimeout as wait } from 'node:timers/promises';
import postgres from 'postgres';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { databaseCode, isDatabaseAway } from '../faults';
import { type Cluster, OWNER_ROLE, prepareCluster } from './cluster';
import { announceOwner, assertNoForeignOwner, isOwnerAlive, readOwner } from './ownership';
import { findFreePort, readPostmaster, spawnPostmaster, stopPostmaster } from './postmaster';
import { startWatchdog } from './watchdog';

/** Held on the embedded server, by a session of the process that owns it, for as long as it lives. */
const OWNER_LOCK = 7_267_146_002;
const DATABASE = 'orgdock';
/** Crash recovery after a power cut may take a while. */
const START_LIMIT_MS = 120_000;
/** How long the session of an owner that was just killed may still hold the lock. */
const DEAD_OWNER_GRACE_MS = 10_000;

export interface EmbeddedServer {
  /** Superuser URL of Orgdock's database. Holds the password. */
  url: string;
  /** Stops PostgreSQL when this process owns it; otherwise only lets go. */
  stop: () => Promise<void>;
}

interface OwnedServer {
  cluster: Cluster;
  pid: number;
  port: number;
  lock: OwnerLock;
}

interface OwnerLock {
  session: postgres.Sql;
  /** Resolves when the session has ended, and the lock with it. */
  lost: Promise<void>;
}

export interface EmbeddedOptions {
  /** Further settings of PostgreSQL, such as `fsync=off` for throw-away tests. */
  settings?: string[];
}

/**
 * Runs the embedded PostgreSQL of a data folder as its owner: starts it, or adopts the one that a killed
 * owner left. Throws MISCONFIGURED when a live process owns it, UNAVAILABLE when it does not start.
 */
export async function startEmbedded(dataDir: string, options: EmbeddedOptions = {}): Promise<EmbeddedServer> {
  const cluster = prepareCluster(dataDir);
  const found = await takeOver(cluster, options);
  if (found.kind === 'owned') return own(found.server, options);
  const owner = readOwner(cluster);
  throw new AppError(
    'MISCONFIGURED',
    `Another Orgdock${owner ? ` (process ${owner.pid})` : ''} runs on the data folder ${cluster.dataDir}.`,
    { nextStep: 'Stop that one first, or give this one its own ORGDOCK_DATA_DIR or a DATABASE_URL.' },
  );
}

/** For a command line: the server of the running portal, else one that lives as long as the command. */
export async function connectOrStart(dataDir: string): Promise<EmbeddedServer> {
  const cluster = prepareCluster(dataDir);
  const found = await takeOver(cluster, {});
  if (found.kind === 'owned') return own(found.server, {});
  return { url: urlOf(cluster, found.port, DATABASE), stop: async () => undefined };
}

type Found = { kind: 'owned'; server: OwnedServer } | { kind: 'taken'; port: number };

/**
 * Ends with the owner's lock, or with the knowledge that a live process holds it. Of several starters,
 * PostgreSQL's own pid file lets one server run, and the lock lets one process own it.
 */
async function takeOver(cluster: Cluster, { settings = [] }: EmbeddedOptions, port?: number): Promise<Found> {
  assertNoForeignOwner(cluster);
  const deadline = Date.now() + START_LIMIT_MS;
  let takenSince: number | null = null;
  let started: { exited: Promise<string> } | null = null;
  while (Date.now() < deadline) {
    const running = readPostmaster(cluster);
    if (!running) {
      started ??= await spawnPostmaster(cluster, port ?? (await findFreePort()), settings);
      const exit = await Promise.race([started.exited, wait(20).then(() => null)]);
      if (exit === null) continue;
      started = null;
      if (!readPostmaster(cluster)) refuseUnlessRetryable(cluster, exit);
      continue;
    }
    if (running.status !== 'ready') {
      await wait(20);
      continue;
    }
    const lock = await tryLock(cluster, running.port);
    if (lock === 'away') {
      await wait(50);
      continue;
    }
    if (lock !== 'taken') return { kind: 'owned', server: { cluster, ...running, lock } };
    const owner = readOwner(cluster);
    takenSince ??= Date.now();
    const isOver = Date.now() - takenSince > DEAD_OWNER_GRACE_MS;
    if ((owner && isOwnerAlive(owner)) || isOver) return { kind: 'taken', port: running.port };
    await wait(50);
  }
  throw new AppError('UNAVAILABLE', 'The embedded database did not become ready in time.', {
    nextStep: `Look at ${cluster.logFile}.`,
  });
}

function refuseUnlessRetryable(cluster: Cluster, output: string): void {
  // The port was taken between looking and listening, or another process started the server first.
  if (/Address already in use|lock file "postmaster.pid" already exists/.test(output)) return;
  throw new AppError('UNAVAILABLE', 'The embedded database did not start.', {
    nextStep: `Look at ${cluster.logFile}.`,
    details: { output: output.trim().split('\n').slice(-5).join('\n') },
  });
}

async function tryLock(cluster: Cluster, port: number): Promise<OwnerLock | 'taken' | 'away'> {
  let onclose = () => {};
  const lost = new Promise<void>((resolve) => {
    onclose = resolve;
  });
  const session = postgres(urlOf(cluster, port, 'postgres'), {
    max: 1,
    fetch_types: false,
    prepare: false,
    connect_timeout: 10,
    // This session must never be replaced: the lock lives in it.
    idle_timeout: 0,
    max_lifetime: null,
    onclose: () => onclose(),
    connection: { application_name: `orgdock owner, process ${process.pid}` },
  });
  try {
    const [row] = await session<[{ mine: boolean }]>`
      SELECT pg_try_advisory_lock(${OWNER_LOCK}) AS mine`;
    if (row.mine) return { session, lost };
    await session.end();
    return 'taken';
  } catch (error) {
    await session.end({ timeout: 0 });
    if (isDatabaseAway(error)) return 'away';
    if (databaseCode(error) !== '28P01') throw error;
    throw new AppError('MISCONFIGURED', 'The password of the embedded database does not fit.', {
      nextStep: `Restore postgres.password in ${cluster.dataDir} from the backup of the same day.`,
    });
  }
}

async function own(first: OwnedServer, options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { cluster, port } = first;
  let server = first;
  let stopping = false;
  let endWatchdog = startWatchdog(cluster, server.pid);
  const resign = announceOwner(cluster);
  await createDatabase(server.lock.session);

  // PostgreSQL ended or restarted under us (out of memory, an administrator): take it over again, same port.
  const watch = async () => {
    while (!stopping) {
      await server.lock.lost;
      if (stopping) return;
      log().error('the embedded database went away; starting it again');
      endWatchdog();
      const found = await takeOver(cluster, options, port);
      if (found.kind === 'taken') throw new AppError('CONFLICT', 'Another process took the database over.');
      server = found.server;
      endWatchdog = startWatchdog(cluster, server.pid);
    }
  };
  watch().catch((error: unknown) => log().fatal({ err: error }, 'the embedded database is lost'));

  return {
    url: urlOf(cluster, port, DATABASE),
    stop: async () => {
      stopping = true;
      await server.lock.session.end({ timeout: 1 });
      await stopPostmaster(cluster, server.pid);
      endWatchdog();
      resign();
    },
  };
}

async function createDatabase(session: postgres.Sql): Promise<void> {
  const [found] = await session`SELECT 1 FROM pg_database WHERE datname = ${DATABASE}`;
  if (!found) await session.unsafe(`CREATE DATABASE ${DATABASE}`);
}

function urlOf(cluster: Cluster, port: number, database: string): string {
  return `postgres://${OWNER_ROLE}:${cluster.password}@127.0.0.1:${port}/${database}`;
}
