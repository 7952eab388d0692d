import path from 'node:path';
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { databaseCode } from './faults';
import type { Sql, TransactionSql } from './sql';

/** Any fixed number: everybody who changes this database's structure queues here. */
export const STRUCTURE_LOCK = 7_267_146_001;

interface AppliedMigration {
  id: number;
  hash: string;
}

/**
 * Brings a database to the structure that this code expects, in one transaction. Safe when several
 * processes start together: one works, the others wait and find nothing to do. A database that is newer
 * than the code, or that has another history, is refused with MISCONFIGURED and left as it is.
 */
export async function migrate(owner: Sql): Promise<void> {
  const wanted = readMigrations();
  // The usual start: nothing to do, and a role that may only look is enough to see it.
  if (pending(wanted, await readApplied(owner)).length === 0) return;
  try {
    await owner.begin((tx) => applyPending(tx, wanted));
  } catch (error) {
    if (databaseCode(error) !== '42501') throw error;
    throw new AppError('MISCONFIGURED', 'The database must be migrated, but this role may not do it.', {
      nextStep:
        'Set DATABASE_OWNER_URL to the role that owns the schema "orgdock" (or may create it), or run `npm run db:migrate` with it.',
      cause: error,
    });
  }
}

function readMigrations(): MigrationMeta[] {
  // Ignored by the bundler: the SQL files are read from the repository, not from the build.
  return readMigrationFiles({
    migrationsFolder: path.join(/* turbopackIgnore: true */ process.cwd(), 'db', 'migrations'),
  });
}

async function readApplied(sql: Sql | TransactionSql): Promise<AppliedMigration[]> {
  const [found] = await sql<[{ exists: boolean }]>`
    SELECT to_regclass('orgdock.migrations') IS NOT NULL AS exists`;
  if (!found?.exists) return [];
  return await sql<AppliedMigration[]>`SELECT id, hash FROM orgdock.migrations ORDER BY id`;
}

function pending(wanted: MigrationMeta[], applied: AppliedMigration[]): MigrationMeta[] {
  if (applied.length > wanted.length) {
    throw new AppError(
      'MISCONFIGURED',
      `The database is newer than this version of Orgdock: it has ${applied.length} migrations, this version knows ${wanted.length}.`,
      { nextStep: 'Start the newer version of Orgdock, or restore the backup made before the upgrade.' },
    );
  }
  for (const [index, { hash }] of applied.entries()) {
    if (wanted[index]?.hash === hash) continue;
    throw new AppError(
      'MISCONFIGURED',
      `Migration ${index} of the database is not the one that this version of Orgdock has.`,
      { nextStep: 'Check that DATABASE_URL names the right database and that db/migrations is unchanged.' },
    );
  }
  return wanted.slice(applied.length);
}

async function applyPending(tx: TransactionSql, wanted: MigrationMeta[]): Promise<void> {
  await tx`SELECT pg_advisory_xact_lock(${STRUCTURE_LOCK})`;
  await tx`SELECT set_config('orgdock.system_reason', 'migration', true)`;
  await tx`CREATE SCHEMA IF NOT EXISTS orgdock`;
  await tx`
    CREATE TABLE IF NOT EXISTS orgdock.migrations (
      id integer PRIMARY KEY,
      hash text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp()
    )`;
  // Read again: another process may have done the work while this one waited for the lock.
  const applied = await readApplied(tx);
  const todo = pending(wanted, applied);
  for (const [index, migration] of todo.entries()) {
    for (const statement of migration.sql) await tx.unsafe(statement);
    await tx`
      INSERT INTO orgdock.migrations (id, hash) VALUES (${applied.length + index}, ${migration.hash})`;
  }
  if (todo.length > 0) log().info({ migrations: todo.length }, 'database migrated');
}
