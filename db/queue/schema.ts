import { escapeIdentifier, type Pool } from 'pg';
import { databaseCode } from '@/db/faults';
import { STRUCTURE_LOCK } from '@/db/migrate';
import { openQueuePool } from '@/db/queue/pool';
import type { Sql, TransactionSql } from '@/db/sql';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';

/** Tells our queue from that of another application in the same database. */
const MARK = 'Jobs of Orgdock';

interface Login {
  role: string;
  database: string;
}

/**
 * Brings graphile-worker's schema to the version that is installed here. The owner makes the schema, because the
 * pool's role may create none; everything in it is made and owned by that role: the tables have row-level security
 * without policies, so anybody else's `add_job` is refused. Safe when several processes start together. Throws
 * MISCONFIGURED when the owner may not make it, or when `url` logs in as somebody else than the pool.
 */
export async function installQueue(owner: Sql, pool: Sql, url: string): Promise<void> {
  const queue = openQueuePool(url, 1);
  try {
    const login = await assertSameLogin(pool, queue);
    await makeRoom(owner, login.role);
    await makeMigrationsTable(queue);
    const { runMigrations } = await import('graphile-worker');
    const { queueLogger } = await import('./logger');
    await runMigrations({ pgPool: queue, logger: queueLogger() });
  } finally {
    await queue.end();
  }
}

async function assertSameLogin(pool: Sql, queue: Pool): Promise<Login> {
  const [wanted] = await pool<[Login]>`SELECT current_user AS role, current_database() AS database`;
  const { rows } = await queue.query<Login>('SELECT current_user AS role, current_database() AS database');
  const found = rows[0];
  if (found?.role === wanted.role && found.database === wanted.database) return wanted;
  throw new AppError(
    'MISCONFIGURED',
    `DATABASE_DIRECT_URL logs in as ${found?.role} to ${found?.database}, DATABASE_URL as ${wanted.role} to ${wanted.database}.`,
    { nextStep: 'Let both name the same database and the same role; only the way there differs.' },
  );
}

/** The schema, in which the role may make what it needs. What another role has made there is made anew. */
async function makeRoom(owner: Sql, role: string): Promise<void> {
  if ((await readRoom(owner, role)) === 'ready') return;
  try {
    await owner.begin(async (tx) => {
      await tx`SELECT pg_advisory_xact_lock(${STRUCTURE_LOCK})`;
      const room = await readRoom(tx, role);
      if (room === 'ready') return;
      if (room === 'not ours') throw occupied();
      if (room === 'foreign') {
        // A restored dump, or another pool role. Jobs only repeat what rows say, so none is missed for long.
        log().warn({ role }, 'the job queue belongs to another role and is made anew');
        await tx`DROP SCHEMA graphile_worker CASCADE`;
      }
      await tx`CREATE SCHEMA IF NOT EXISTS graphile_worker`;
      await tx.unsafe(`GRANT USAGE, CREATE ON SCHEMA graphile_worker TO ${escapeIdentifier(role)}`);
      await tx.unsafe(`COMMENT ON SCHEMA graphile_worker IS '${MARK}'`);
    });
  } catch (error) {
    if (databaseCode(error) !== '42501') throw error;
    throw new AppError('MISCONFIGURED', 'The database role may not make the schema "graphile_worker".', {
      nextStep:
        'Set DATABASE_OWNER_URL to a role that may create schemas in this database and owns this one if it is there, or run `npm run db:migrate` with it.',
      cause: error,
    });
  }
}

type Room = 'ready' | 'closed' | 'foreign' | 'not ours';

async function readRoom(sql: Sql | TransactionSql, role: string): Promise<Room> {
  const [room] = await sql<[{ open: boolean; foreign: boolean; mark: string | null }]>`
    SELECT coalesce(has_schema_privilege(r.rolname, n.oid, 'USAGE')
                AND has_schema_privilege(r.rolname, n.oid, 'CREATE'), false) AS open,
           EXISTS (SELECT 1 FROM pg_class c
                    WHERE c.relnamespace = n.oid AND c.relkind = 'r' AND c.relowner <> r.oid) AS foreign,
           obj_description(n.oid, 'pg_namespace') AS mark
      FROM pg_roles r LEFT JOIN pg_namespace n ON n.nspname = 'graphile_worker'
     WHERE r.rolname = ${role}`;
  if (room.foreign) return room.mark === MARK ? 'foreign' : 'not ours';
  return room.open ? 'ready' : 'closed';
}

function occupied(): AppError {
  return new AppError(
    'MISCONFIGURED',
    'The schema "graphile_worker" of this database is in use by another application.',
    { nextStep: 'Give Orgdock a database of its own. If nobody uses that schema any more, drop it.' },
  );
}

/** What graphile-worker begins with, as it makes it, but without CREATE SCHEMA: that needs a right on the database. */
async function makeMigrationsTable(queue: Pool): Promise<void> {
  const client = await queue.connect();
  try {
    const { rows } = await client.query("SELECT to_regclass('graphile_worker.migrations') AS found");
    if (rows[0]?.found) return;
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [STRUCTURE_LOCK]);
    await client.query(`
      CREATE TABLE IF NOT EXISTS graphile_worker.migrations (
        id int PRIMARY KEY,
        ts timestamptz DEFAULT now() NOT NULL,
        breaking boolean NOT NULL DEFAULT false
      )`);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}
