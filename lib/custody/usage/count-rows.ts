import { and, eq, gte, lt, sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { connectionUsage } from '@/db/schema/custody';
import type { ConnectionId, PersonId } from '@/lib/context';
import { isUnusual, LEAST_ROWS } from '@/lib/custody/usage/is-unusual';
import { medianOf } from '@/lib/custody/usage/median-of';
import { raiseAlert } from '@/lib/custody/usage/raise-alert';
import { dayIn, isOutsideHours } from '@/lib/custody/usage/reading-hours';
import type { ReadingHours } from '@/lib/environments/types';
import { log } from '@/lib/log';
import { holdStop, processWide } from '@/lib/registry';

const MEDIAN_OVER_MS = 30 * 24 * 3_600_000;

/**
 * Counts the rows of one read into its hour, and looks in the same transaction whether that is out of the ordinary.
 * Every reader calls it, `personId` null for the portal itself. Never throws, and nobody need wait for it: what cannot be
 * counted is logged.
 */
export function countRows(
  connectionId: ConnectionId,
  personId: PersonId | null,
  rows: number,
): Promise<void> {
  const counted = withSystem('rows read', (tx) => count(tx, { connectionId, personId, rows }));
  return holdStop(
    counted
      .then(noteTold)
      .catch((err: unknown) => log().error({ err, connectionId, rows }, 'rows read were not counted')),
  );
}

/** The hour of the last alert of each connection that is in the database: one that was told need not be looked for. */
const toldHours = () => processWide('usage.toldHours', () => new Map<ConnectionId, number>());
const MOST_TOLD = 10_000;

function noteTold(told: { connectionId: ConnectionId; hour: Date } | null): void {
  if (told === null) return;
  if (toldHours().size >= MOST_TOLD) toldHours().clear();
  toldHours().set(told.connectionId, told.hour.getTime());
}

interface Read {
  connectionId: ConnectionId;
  personId: PersonId | null;
  rows: number;
}

/** Returns the connection and its hour when reading was found unusual. */
async function count(tx: Tx, read: Read) {
  const { connectionId, personId } = read;
  const { at, hour, rows, hours } = await addToHour(tx, read);
  let told: { connectionId: ConnectionId; hour: Date } | null = null;
  if (rows >= LEAST_ROWS && toldHours().get(connectionId) !== hour.getTime()) {
    const median = medianOf(await readHoursBefore(tx, connectionId, hour));
    if (isUnusual({ rows, median })) {
      const facts = { kind: 'unusual_reading', rows, median, hour: hour.toISOString() } as const;
      await raiseAlert(tx, { connectionId, personId, occasion: facts.hour, facts });
      told = { connectionId, hour };
    }
  }
  if (read.rows > 0 && hours !== null && isOutsideHours(hours, at)) {
    const facts = { kind: 'outside_hours', rows: read.rows, at: at.toISOString(), hours } as const;
    // By person: on a shared connection nobody's reading hides another's.
    const occasion = `${dayIn(hours.timeZone, at)} ${personId ?? 'portal'}`;
    await raiseAlert(tx, { connectionId, personId, occasion, facts });
  }
  return told;
}

/** The row of the hour is locked until the commit, so that of several counts at once each sees those before it. */
async function addToHour(tx: Tx, { connectionId, rows }: Read) {
  const { rows: found } = await tx.execute<{
    at: number;
    hour: number;
    rows: number;
    hours: ReadingHours | null;
  }>(sql`
    WITH clock AS MATERIALIZED (SELECT orgdock.now() AS at),
    counted AS (
      INSERT INTO orgdock.connection_usage AS u (connection_id, hour, rows)
      SELECT ${connectionId}::uuid, date_trunc('hour', at, 'UTC'), ${rows}::bigint FROM clock
      ON CONFLICT (connection_id, hour) DO UPDATE SET rows = u.rows + excluded.rows
      RETURNING u.hour, u.rows)
    SELECT extract(epoch FROM clock.at)::float8 * 1000 AS at, extract(epoch FROM counted.hour)::float8 * 1000 AS hour,
           counted.rows::float8 AS rows, e.reading_hours AS hours
      FROM clock, counted, orgdock.connections c JOIN orgdock.environments e ON e.id = c.environment_id
     WHERE c.id = ${connectionId}`);
  const [row] = found;
  if (!row) throw new Error('The connection of these rows is gone.');
  return { ...row, at: new Date(row.at), hour: new Date(row.hour) };
}

/** Rows of the hours of the 30 days before in which any were read. */
async function readHoursBefore(tx: Tx, connectionId: string, hour: Date): Promise<number[]> {
  const found = await tx
    .select({ rows: connectionUsage.rows })
    .from(connectionUsage)
    .where(
      and(
        eq(connectionUsage.connectionId, connectionId),
        gte(connectionUsage.hour, new Date(hour.getTime() - MEDIAN_OVER_MS)),
        lt(connectionUsage.hour, hour),
        sql`${connectionUsage.rows} > 0`,
      ),
    );
  return found.map(({ rows }) => rows);
}
