import { createHash } from 'node:crypto';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { runGuarded } from '@/db/faults';
import type { Database } from '@/db/pool';
import { openDatabase } from '@/db/start';
import { AppError } from '@/lib/errors';
import { LIMITS, type Limit, type LimitName } from '@/lib/limits/limits';
import { logRefused } from '@/lib/log';
import { processWide } from '@/lib/registry';

/** What is left of a limit after an act was counted. */
export interface LimitState extends Limit {
  /** Acts. */
  remaining: number;
  /** Seconds until all of it is there again. */
  resetSeconds: number;
}

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
  const { $client } = await openDatabase();
  const limiter = processWide(`limits.${name}`, () => limiterOf(name, limit, $client));
  const consumed = await runGuarded(() => limiter.consume(hashOf(key))).catch((refusal: unknown) => {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    if (refusal.consumedPoints === limit.points + 1) logRefused('limit', { limit: name, key });
    throw tooMany(secondsOf(refusal));
  });
  return { ...limit, remaining: consumed.remainingPoints, resetSeconds: secondsOf(consumed) };
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
      query: ({ text, values }: { text: string; values: unknown[] }) => pool.query(text, values),
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

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

function tooMany(seconds: number): AppError {
  return new AppError('RATE_LIMITED', 'That was too often in a short time.', {
    nextStep: `Try again in ${seconds === 1 ? 'a second' : seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`}.`,
    details: { retryAfter: String(seconds) },
  });
}
