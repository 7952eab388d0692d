import { sql } from 'drizzle-orm';
import { customType, pgSchema, timestamp } from 'drizzle-orm/pg-core';

/** Everything of Orgdock lives in one PostgreSQL schema, so that a shared database stays tidy. */
export const orgdock = pgSchema('orgdock');

/** The database's clock. Tests replace the function `orgdock.now()`; nothing else knows the time of a row. */
export const databaseNow = sql`orgdock.now()`;

/** A point in time, always with its zone. */
export function instant(name: string) {
  return timestamp(name, { withTimezone: true, mode: 'date' });
}

/** Text that `lib/vault` has sealed. Its list of sealed columns names each; a test compares. */
export const sealed = customType<{ data: string }>({ dataType: () => 'text' });
