import { bigint, integer, varchar } from 'drizzle-orm/pg-core';
import { orgdock } from './base';

/** Points of the rate limiters, in the shape that rate-limiter-flexible asks for. Keys are hashes. */
export const rateLimits = orgdock.table('rate_limits', {
  key: varchar('key', { length: 255 }).primaryKey(),
  points: integer('points').notNull().default(0),
  /** Milliseconds since 1970; null: never. */
  expire: bigint('expire', { mode: 'number' }),
});
