import { onTestFinished } from 'vitest';
import { openOwnerConnection } from '@/db/pool';
import type { Sql } from '@/db/sql';

/** Runs statements as the owner of this test file's database: for what the portal's role may not do. */
export async function asOwner<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = openOwnerConnection(process.env.DATABASE_URL ?? '');
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

/** Moves the database's clock (`orgdock.now()`) by milliseconds from the true time, until the test ends. */
export async function shiftDatabaseClock(milliseconds: number): Promise<void> {
  await replaceClock(`pg_catalog.clock_timestamp() + interval '${Math.round(milliseconds)} milliseconds'`);
  onTestFinished(() => replaceClock('pg_catalog.clock_timestamp()'));
}

async function replaceClock(expression: string): Promise<void> {
  await asOwner((sql) =>
    sql.unsafe(`CREATE OR REPLACE FUNCTION orgdock.now() RETURNS timestamptz
      LANGUAGE sql VOLATILE PARALLEL SAFE AS $$ SELECT ${expression} $$`),
  );
}
