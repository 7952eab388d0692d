import { createHash } from 'node:crypto';
import { RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible';
import { runGuarded } from '@/db/faults';
import type { Database } from '@/db/pool';
import { nameOf } from '@/db/prepared';
import { openDatabase } from '@/db/start';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { LIMITS, type Limit, type LimitName } from '@/lib/limits/limits';
import { type Counted, Lots } from '@/lib/limits/lots';
import { logRefused } from '@/lib/log';
import { processWide } from '@/lib/registry';

/** What is left of a limit after an act was counted. */
export interface LimitState extends Limit, Counted {}

/**
 * Counts one act against a limit that all replicas share. `key`: who acts, such as an address or a person's id; only
 * its hash is kept, and the log names it once for each time that a limit is reached. Throws RATE_LIMITED with the
 * seconds to wait, UNAVAILABLE when the database does not answer.
 */
export async function countAgainst(name: LimitName, key: string): Promise<void> {
  await measureAgainst(name, key);
}

/** As `countAgainst`, and says what is left. */
export async function measureAgainst(name: LimitName, key: string): Promise<LimitState> {
  const limit: Limit = LIMITS[name];
  const { lot } = limit;
  if (lot === undefined) return { ...limit, ...(await count(name, key, 1)) };
  const lots = processWide(
    `limits.lots.${name}`,
    () => new Lots(lot, limit.seconds, (of, acts) => count(name, of, acts)),
  );
  return { ...limit, ...(await lots.take(key)) };
}

async function count(name: LimitName, key: string, acts: number): Promise<Counted> {
  const limit: Limit = LIMITS[name];
  const { $client } = await openDatabase();
  const limiter = processWide(`limits.${name}`, () => limiterOf(name, limit, $client));
  const consumed = await runGuarded(() => limiter.consume(hashOf(key), acts)).catch((refusal: unknown) => {
    if (!isRefusal(refusal)) throw refusal;
    if (refusal.consumedPoints === limit.points + acts) logRefused('limit', { limit: name, key });
    throw tooMany(secondsOf(refusal));
  });
  return { remaining: consumed.remainingPoints, resetSeconds: secondsOf(consumed) };
}

function secondsOf({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1_000));
}

function limiterOf(
  name: LimitName,
  { points, seconds }: Limit,
  pool: Database['$client'],
): RateLimiterPostgres {
  return new RateLimiterPostgres({
    // Without the statement names that the library would give: a pooler in transaction mode forgets them.
    storeClient: {
      query: ({ text, values }: { text: string; values: unknown[] }) =>
        pool.query(env().DATABASE_PREPARE ? { name: nameOf(text), text, values } : { text, values }),
    },
    storeType: 'client',
    schemaName: 'orgdock',
    tableName: 'rate_limits',
    tableCreated: true,
    keyPrefix: name,
    points,
    duration: seconds,
  });
}

/** By its shape: the process shares its limiters, and each of Next's bundles has a class of its own. */
function isRefusal(value: unknown): value is RateLimiterRes {
  return !(value instanceof Error) && typeof value === 'object' && value !== null && 'msBeforeNext' in value;
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

function tooMany(seconds: number): AppError {
  return new AppError('RATE_LIMITED', 'That was too often in a short time.', {
    nextStep: `Try again in ${seconds === 1 ? 'a second' : seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`}.`,
    details: { retryAfter: String(seconds) },
  });
}
