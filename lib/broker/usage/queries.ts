import { and, desc, eq, lt, type SQL, sql } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { apiCalls } from '@/db/schema';
import type { Usage, UsageBucket, UsageCallPage, UsageRange } from '@/lib/broker/usage/types';
import type { PersonContext } from '@/lib/context';

/** Whose calls: of a key, through a connection, or both; neither: all that the person may see. */
export interface UsageOf {
  keyId?: string;
  connectionId?: string;
}

const RANGES: Record<UsageRange, { hours: number; bucketMinutes: number }> = {
  '24h': { hours: 24, bucketMinutes: 60 },
  '7d': { hours: 7 * 24, bucketMinutes: 6 * 60 },
  '30d': { hours: 30 * 24, bucketMinutes: 24 * 60 },
};

const PAGE = 50;

/** SQL: refused by Orgdock itself, before or without an answer of Salesforce. */
const isRefusal = sql`(c.code IS NOT NULL AND (c.status IN (401, 403, 404, 405, 409, 413, 422, 429) OR c.code = 'API_RESERVE_REACHED'))`;

/**
 * Calls, errors, refusals, rows and latency by stretches of time (UTC), the oldest first. Row-level security decides whose:
 * owners see those of their keys, administrators and auditors all.
 */
export async function readUsage(ctx: PersonContext, of: UsageOf, range: UsageRange): Promise<Usage> {
  const { hours, bucketMinutes } = RANGES[range];
  const bucket = sql`make_interval(mins => ${bucketMinutes})`;
  const last = sql`date_bin(${bucket}, orgdock.now(), 'epoch'::timestamptz)`;
  const { rows } = await withActor(ctx, (tx) =>
    tx.execute<Omit<UsageBucket, 'at'> & { at: Date | string | null }>(sql`
      WITH stretches AS MATERIALIZED (
        SELECT generate_series(${last} - make_interval(hours => ${hours}) + ${bucket}, ${last}, ${bucket}) AS at),
      c AS (
        SELECT date_bin(${bucket}, at, 'epoch'::timestamptz) AS stretch, status, code, rows, cost, milliseconds
          FROM orgdock.api_calls
         WHERE at >= (SELECT min(at) FROM stretches) ${scope(of)})
      SELECT to_char(s.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at,
             count(c.stretch)::float8 AS calls,
             (count(*) FILTER (WHERE c.status >= 400 AND NOT ${isRefusal}))::float8 AS errors,
             (count(*) FILTER (WHERE ${isRefusal}))::float8 AS refusals,
             coalesce(sum(c.rows), 0)::float8 AS rows,
             coalesce(sum(c.cost), 0)::float8 AS cost,
             percentile_cont(0.5) WITHIN GROUP (ORDER BY c.milliseconds) AS p50,
             percentile_cont(0.95) WITHIN GROUP (ORDER BY c.milliseconds) AS p95
        FROM stretches s LEFT JOIN c ON c.stretch = s.at
       GROUP BY GROUPING SETS ((s.at), ())
       ORDER BY s.at NULLS LAST`),
  );
  const buckets = rows.slice(0, -1).map((row) => ({ ...row, at: String(row.at) }));
  const { at: _, ...totals } = rows.at(-1) ?? { at: null, ...NOTHING };
  return { range, bucketMinutes, buckets, totals };
}

const NOTHING = { calls: 0, errors: 0, refusals: 0, rows: 0, cost: 0, p50: null, p95: null };

/** The newest calls, as far back as 30 days. `before`: `older` of the page before. Whose: as `readUsage`. */
export async function listUsageCalls(
  ctx: PersonContext,
  { keyId, connectionId }: UsageOf,
  before: number | null = null,
): Promise<UsageCallPage> {
  const rows = await withActor(ctx, (tx) =>
    tx
      .select()
      .from(apiCalls)
      .where(
        and(
          keyId === undefined ? undefined : eq(apiCalls.keyId, keyId),
          connectionId === undefined ? undefined : eq(apiCalls.connectionId, connectionId),
          before === null ? undefined : lt(apiCalls.id, before),
        ),
      )
      .orderBy(desc(apiCalls.id))
      .limit(PAGE + 1),
  );
  const calls = rows.slice(0, PAGE).map(({ ownerId: _, environmentId: __, at, ...call }) => ({
    ...call,
    at: at.toISOString(),
  }));
  return { calls, older: rows.length > PAGE ? (calls.at(-1)?.id ?? null) : null };
}

function scope({ keyId, connectionId }: UsageOf): SQL {
  const key = keyId === undefined ? sql`` : sql`AND key_id = ${keyId}::uuid`;
  return connectionId === undefined ? key : sql`${key} AND connection_id = ${connectionId}::uuid`;
}
