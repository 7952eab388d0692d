import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { onStop, processWide, registry } from '@/lib/registry';
import { connectOrStart, type EmbeddedServer, startEmbedded } from './embedded/server';
import { runGuarded } from './faults';
import { migrate } from './migrate';
import { asDatabase, type Database, openOwnerConnection, openPool } from './pool';
import { assertPoolRole, preparePoolRole } from './roles';
import type { Sql } from './sql';
import { settlePreferredTls } from './tls';

/** `portal` owns the embedded server; `command` may share the one of a running portal. */
export type StartMode = 'portal' | 'command';

interface OpenDatabase {
  pool: Sql;
  database: Database;
  stop: () => Promise<void>;
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
  const embedded = DATABASE_URL ? null : await openEmbedded(mode);
  const url = await settlePreferredTls(DATABASE_URL ?? embedded?.url ?? '');
  try {
    const ownerUrl = embedded ? url : await settlePreferredTls(DATABASE_OWNER_URL ?? url);
    const pool = await openPortalPool(ownerUrl, url);
    const stop = async () => {
      await pool.end({ timeout: 5 });
      await embedded?.stop();
    };
    if (mode === 'portal') onStop(stopDatabase);
    return { pool, database: asDatabase(pool.pool), stop };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

function openEmbedded(mode: StartMode): Promise<EmbeddedServer> {
  const { ORGDOCK_DATA_DIR } = env();
  return mode === 'portal' ? startEmbedded(ORGDOCK_DATA_DIR) : connectOrStart(ORGDOCK_DATA_DIR);
}

async function openPortalPool(ownerUrl: string, url: string): Promise<Sql> {
  const owner = openOwnerConnection(ownerUrl);
  let poolUrl: string;
  try {
    await migrate(owner);
    poolUrl = await preparePoolRole(owner, url);
  } finally {
    await owner.end({ timeout: 5 });
  }
  const pool = openPool(poolUrl);
  try {
    await assertPoolRole(pool);
    return pool;
  } catch (error) {
    await pool.end({ timeout: 5 });
    throw error;
  }
}
