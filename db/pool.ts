import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { env } from '@/lib/env';
import { log } from '@/lib/log';
import { guardTransactions } from './guard-transactions';
import * as schema from './schema';

export type Database = PostgresJsDatabase<typeof schema>;
export type Sql = postgres.Sql;

const CONNECT_TIMEOUT_SECONDS = 10;

/** One connection for the work of the owner: migrations, roles. The caller ends it. */
export function openOwnerConnection(url: string): Sql {
  return postgres(url, { ...common(), max: 1, connection: { application_name: 'orgdock owner' } });
}

/** The pool of the portal. Dead connections are replaced on the next use. */
export function openPool(url: string): Sql {
  const pool = postgres(url, {
    ...common(),
    max: 10,
    idle_timeout: 300,
    max_lifetime: 3600,
    connection: { application_name: 'orgdock portal' },
  });
  return guardTransactions(pool);
}

/** Drizzle over a pool, with Orgdock's tables. */
export function asDatabase(pool: Sql): Database {
  return drizzle(pool, { schema });
}

function common() {
  return {
    prepare: env().DATABASE_PREPARE,
    // Saves a query per process; Drizzle reads and writes arrays itself.
    fetch_types: false,
    connect_timeout: CONNECT_TIMEOUT_SECONDS,
    // Seconds. The library's own goes up to 20: a database that is back should be used at once.
    backoff: (attempt: number) => Math.min(attempt * 0.05, 0.5),
    onnotice: (notice: postgres.Notice) => log().debug({ notice: notice.message }, 'database notice'),
  };
}
