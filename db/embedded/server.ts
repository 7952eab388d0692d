import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { databaseCode, isDatabaseAway } from '../faults';
import { connectionTo } from '../pool';
import { type Cluster, OWNER_ROLE, prepareCluster } from './cluster';
import { announceOwner, assertNoForeignOwner, isOwnerAlive, readOwner } from './ownership';
import {
  findFreePort,
  readPostmaster,
  type SpawnedPostmaster,
  spawnPostmaster,
  stopPostmaster,
} from './postmaster';
import { startWatchdog } from './watchdog';

/** Held on the embedded server, by a session of the process that owns it, for as long as it lives. */
const OWNER_LOCK = 7_267_146_002;
const DATABASE = 'orgdock';
/** Crash recovery after a power cut may take a while. */
const START_LIMIT_MS = 120_000;
/** How long the session of an owner that was just killed may still hold the lock. */
const DEAD_OWNER_GRACE_MS = 10_000;
const RETRY_MS = 1_000;
const GOODBYE_MS = 1_000;

/**
 * The port was taken between looking and listening; another process started the server first; sessions of
 * a server that was killed have not ended yet.
 */
const RETRYABLE = /Address already in use|"postmaster.pid" already exists|pre-existing shared memory block/;

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
  session: Client;
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
async function takeOver(cluster: Cluster, options: EmbeddedOptions, port?: number): Promise<Found> {
  assertNoForeignOwner(cluster);
  const spawned = new Set<number>();
  try {
    return await contend(cluster, options, port, spawned);
  } catch (error) {
    // A server that nobody can log in to, or that nobody waits for any more, must not stay.
    const running = readPostmaster(cluster);
    if (running && spawned.has(running.pid)) await stopPostmaster(cluster, running.pid);
    throw error;
  }
}

async function contend(
  cluster: Cluster,
  { settings = [] }: EmbeddedOptions,
  port: number | undefined,
  spawned: Set<number>,
): Promise<Found> {
  const deadline = Date.now() + START_LIMIT_MS;
  let takenSince: number | null = null;
  let started: SpawnedPostmaster | null = null;
  while (Date.now() < deadline) {
    const running = readPostmaster(cluster);
    if (!running) {
      started ??= await spawnPostmaster(cluster, port ?? (await findFreePort()), settings);
      spawned.add(started.pid);
      const output = await Promise.race([started.exited, wait(20).then(() => null)]);
      if (output === null) continue;
      started = null;
      if (!readPostmaster(cluster)) refuseUnlessRetryable(cluster, output);
      await wait(50);
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
    takenSince ??= Date.now();
    const isOver = Date.now() - takenSince > DEAD_OWNER_GRACE_MS;
    if (hasLivingOwner(cluster) || isOver) return { kind: 'taken', port: running.port };
    await wait(50);
  }
  throw new AppError('UNAVAILABLE', 'The embedded database did not become ready in time.', {
    nextStep: `Look at ${cluster.logFile}.`,
  });
}

/** This process does not count: a session that it has just lost may still hold the lock for a moment. */
function hasLivingOwner(cluster: Cluster): boolean {
  const owner = readOwner(cluster);
  return owner !== null && owner.pid !== process.pid && isOwnerAlive(owner);
}

function refuseUnlessRetryable(cluster: Cluster, output: string): void {
  if (RETRYABLE.test(output)) return;
  throw new AppError('UNAVAILABLE', 'The embedded database did not start.', {
    nextStep: `Look at ${cluster.logFile}.`,
    details: { output: output.trim().split('\n').slice(-5).join('\n') },
  });
}

async function tryLock(cluster: Cluster, port: number): Promise<OwnerLock | 'taken' | 'away'> {
  // No pool: this session must never be replaced, the lock lives in it.
  const session = new Client({
    ...connectionTo(urlOf(cluster, port, 'postgres')),
    application_name: `orgdock owner, process ${process.pid}`,
  });
  const lost = new Promise<void>((resolve) => session.once('end', resolve));
  // Its end says the same, whatever ends it.
  session.on('error', () => undefined);
  try {
    await session.connect();
    const { rows } = await session.query('SELECT pg_try_advisory_lock($1) AS mine', [OWNER_LOCK]);
    if (rows[0].mine) return { session, lost };
    await endSession(session);
    return 'taken';
  } catch (error) {
    await endSession(session);
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

  // PostgreSQL may end under us (out of memory, an administrator): it is taken over again, on the same port.
  const watch = async () => {
    await server.lock.lost;
    while (!stopping) {
      log().error('the embedded database went away; starting it again');
      try {
        const found = await takeOver(cluster, options, port);
        if (found.kind === 'taken') throw new AppError('CONFLICT', 'Another process runs the database now.');
        server = found.server;
        endWatchdog();
        endWatchdog = startWatchdog(cluster, server.pid);
        if (!stopping) await server.lock.lost;
      } catch (error) {
        log().error({ err: error }, 'the embedded database could not be started again');
        await wait(RETRY_MS);
      }
    }
  };
  const watching = watch();

  return {
    url: urlOf(cluster, port, DATABASE),
    stop: async () => {
      stopping = true;
      await endSession(server.lock.session);
      await watching;
      await endSession(server.lock.session);
      await stopPostmaster(cluster, server.pid);
      endWatchdog();
      resign();
    },
  };
}

/** A server that does not say goodbye in time is cut off. */
async function endSession(session: Client): Promise<void> {
  const cut = setTimeout(() => session.connection.stream.destroy(), GOODBYE_MS);
  await session.end();
  clearTimeout(cut);
}

async function createDatabase(session: Client): Promise<void> {
  const { rowCount } = await session.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
  if (rowCount === 0) await session.query(`CREATE DATABASE ${DATABASE}`);
}

function urlOf(cluster: Cluster, port: number, database: string): string {
  return `postgres://${OWNER_ROLE}:${cluster.password}@127.0.0.1:${port}/${database}`;
}
