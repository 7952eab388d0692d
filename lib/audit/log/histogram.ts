import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { matching } from '@/lib/audit/log/conditions';
import type { AuditBar, AuditFilter, AuditHistogram } from '@/lib/audit/types';

const MOST_BARS = 60;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Widths of a bar, in seconds. */
const WIDTHS = [
  1,
  5,
  15,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  7 * DAY,
  28 * DAY,
  364 * DAY,
  3640 * DAY,
];

/** The narrowest width, in seconds, with which a span has at most 60 bars. */
export function barWidth(fromMs: number, toMs: number): number {
  const seconds = Math.max(0, toMs - fromMs) / 1000;
  return WIDTHS.find((width) => seconds / width <= MOST_BARS - 1) ?? 3640 * DAY;
}

/** How many entries of a filter fall into each interval. Intervals begin at midnight of the reader's time zone (IANA). */
export async function readHistogram(tx: Tx, filter: AuditFilter, timeZone: string): Promise<AuditHistogram> {
  const where = matching(filter);
  const { rows: bounds } = await tx.execute<{
    first: string | null;
    origin: string | null;
    last: string;
  }>(sql`
    WITH bound AS (SELECT coalesce(${filter.from}::timestamptz, min(a.at)) AS first FROM orgdock.audit_log a WHERE ${where})
    SELECT trunc(extract(epoch FROM first) * 1000)::text AS first,
           extract(epoch FROM date_trunc('day', first AT TIME ZONE ${timeZone}) AT TIME ZONE ${timeZone})::bigint::text AS origin,
           ceil(extract(epoch FROM coalesce(${filter.to}::timestamptz, orgdock.now())) * 1000)::text AS last
      FROM bound`);
  const [bound] = bounds;
  if (!bound?.first || !bound.origin) return { bars: [], total: 0 };
  const [first, last, origin] = [Number(bound.first), Number(bound.last), Number(bound.origin) * 1000];
  const width = barWidth(first, last);
  const { rows } = await tx.execute<{ bin: string; done: string; refused: string }>(sql`
    SELECT floor((date_part('epoch', a.at) - ${origin / 1000}::float8) / ${width}::int)::text AS bin,
           count(*) FILTER (WHERE a.outcome = 'done')::text AS done,
           count(*) FILTER (WHERE a.outcome <> 'done')::text AS refused
      FROM orgdock.audit_log a WHERE ${where} GROUP BY 1`);
  const counts = new Map(
    rows.map(({ bin, done, refused }) => [Number(bin), [Number(done), Number(refused)]]),
  );
  const bars = barsBetween({ first, last, origin, width }, counts);
  return { bars, total: bars.reduce((sum, { done, refused }) => sum + done + refused, 0) };
}

interface Span {
  /** Milliseconds since the epoch. */
  first: number;
  last: number;
  origin: number;
  /** Seconds. */
  width: number;
}

/** The bars of a span, also those without an entry. */
export function barsBetween(
  { first, last, origin, width }: Span,
  counts: ReadonlyMap<number, number[]>,
): AuditBar[] {
  const step = width * 1000;
  const from = Math.floor((first - origin) / step);
  // A clock that was set back leaves rows beyond the span: they are shown, too.
  const to = Math.max(Math.ceil((last - origin) / step), ...[...counts.keys()].map((bin) => bin + 1));
  return Array.from({ length: Math.min(Math.max(1, to - from), 4 * MOST_BARS) }, (_, index) => {
    const bin = from + index;
    const [done = 0, refused = 0] = counts.get(bin) ?? [];
    const start = origin + bin * step;
    return {
      from: new Date(start).toISOString(),
      to: new Date(start + step).toISOString(),
      done,
      refused,
    };
  });
}
