import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { keyRing } from '@/lib/keyring';
import { log } from '@/lib/log';
import { onStop, processWide, registry } from '@/lib/registry';
import { connectOrStart, type EmbeddedServer, startEmbedded } from './embedded/server';
import { runGuarded } from './faults';
import { migrate } from './migrate';
import { asDatabase, type Database, openOwnerConnection, openPool } from './pool';
import { installQueue } from './queue/schema';
import { assertPoolRole, preparePoolRole } from './roles';
import type { Sql } from './sql';
import { settlePreferredTls, tlsWeakness } from './tls';

/** `portal` owns the embedded server; `command` may share the one of a running portal. */
export type StartMode = 'portal' | 'command';

interface OpenDatabase extends PortalPool {
  database: Database;
  stop: () => Promise<void>;
}

interface PortalPool {
  pool: Sql;
  queue: QueueAddress;
}

/** Where the job worker connects to, as the pool's role. Holds the password. */
export interface QueueAddress {
  url: string;
  /** Connections keep their session: LISTEN and prepared statements work. */
  hasSessions: boolean;
}

const SLOT = 'database';

/**
 * Opens the database once per process: the server of `DATABASE_URL`, or the embedded one; migrates it and
 * opens the pool as a role that row-level security binds. Throws MISCONFIGURED or UNAVAILABLE; a later
 * call tries again. A command calls `stopDatabase()` at its end, a portal stops through the registry.
 */
export async function startDatabase(mode: StartMode = 'portal'): Promise<void> {
  await open(mode);
}

/** The open database; opens it when needed. For `db/client` only. */
export async function openDatabase(): Promise<Database> {
  return (await open('portal')).database;
}

/** The way of the job worker to the open database; opens it when needed. */
export async function openQueueAddress(): Promise<QueueAddress> {
  return (await open('portal')).queue;
}

/** Closes the pool, and the embedded server when this process owns it. */
export async function stopDatabase(): Promise<void> {
  const { slots } = registry();
  const opened = slots.get(SLOT) as Promise<OpenDatabase> | undefined;
  slots.delete(SLOT);
  if (opened) await (await opened).stop();
}

/** Resolves when the database answers and can be written to; else throws UNAVAILABLE. */
export async function databaseReady(): Promise<void> {
  await runGuarded(async () => {
    const { pool } = await open('portal');
    const [row] = await pool<[{ standby: boolean }]>`SELECT pg_is_in_recovery() AS standby`;
    if (row.standby) throw new AppError('UNAVAILABLE', 'The database accepts no writes: it is a standby.');
  });
}

function open(mode: StartMode): Promise<OpenDatabase> {
  return processWide(SLOT, () => runGuarded(() => openOnce(mode)));
}

async function openOnce(mode: StartMode): Promise<OpenDatabase> {
  const { DATABASE_URL, DATABASE_OWNER_URL } = env();
  // Before the database: the embedded mode makes both, and a database without its ring must be a lost ring.
  if (mode === 'portal' || !DATABASE_URL) keyRing();
  const embedded = DATABASE_URL ? null : await openEmbedded(mode);
  const url = await settlePreferredTls(DATABASE_URL ?? embedded?.url ?? '');
  const weakness = mode === 'portal' ? tlsWeakness(url) : null;
  if (weakness) log().warn({ host: new URL(url).hostname }, weakness);
  try {
    const ownerUrl = embedded ? url : await settlePreferredTls(DATABASE_OWNER_URL ?? url);
    const opened = await openPortalPool(ownerUrl, url);
    const stop = async () => {
      await opened.pool.end({ timeout: 5 });
      await embedded?.stop();
    };
    if (mode === 'portal') onStop(stopDatabase);
    return { ...opened, database: asDatabase(opened.pool.pool), stop };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

function openEmbedded(mode: StartMode): Promise<EmbeddedServer> {
  const { ORGDOCK_DATA_DIR } = env();
  return mode === 'portal' ? startEmbedded(ORGDOCK_DATA_DIR) : connectOrStart(ORGDOCK_DATA_DIR);
}

async function openPortalPool(ownerUrl: string, url: string): Promise<PortalPool> {
  const owner = openOwnerConnection(ownerUrl);
  try {
    await migrate(owner);
    const poolUrl = await preparePoolRole(owner, url);
    const pool = openPool(poolUrl);
    try {
      await assertPoolRole(pool);
      const queue = await queueAddressOf(url, poolUrl);
      await installQueue(owner, pool, queue.url);
      return { pool, queue };
    } catch (error) {
      await pool.end({ timeout: 5 });
      throw error;
    }
  } finally {
    await owner.end({ timeout: 5 });
  }
}

async function queueAddressOf(url: string, poolUrl: string): Promise<QueueAddress> {
  const { DATABASE_DIRECT_URL, DATABASE_PREPARE } = env();
  if (!DATABASE_DIRECT_URL) return { url: poolUrl, hasSessions: DATABASE_PREPARE };
  const direct = new URL(await settlePreferredTls(DATABASE_DIRECT_URL));
  if (poolUrl !== url) {
    const { username, password } = new URL(poolUrl);
    Object.assign(direct, { username, password });
  }
  return { url: direct.href, hasSessions: true };
}
