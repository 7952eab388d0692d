import { desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { type Tx, withCustody } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { alerts, connectionUsage } from '@/db/schema/custody';
import { environments } from '@/db/schema/environments';
import { people } from '@/db/schema/people';
import type { PersonContext } from '@/lib/context';
import type { Alert, AlertFacts, UsageDay } from '@/lib/custody/usage/types';
import { summaryColumns } from '@/lib/environments/queries';
import { assertRole, CUSTODIANS } from '@/lib/people/assert-role';

const DAYS = 30;
/** More than these are one trouble, not many. */
const MOST = 100;

const owner = alias(people, 'owner');
const reader = alias(people, 'reader');
const settler = alias(people, 'settler');

/** Alerts that no administrator has seen to, the newest first, and how many there are. Throws FORBIDDEN. */
export async function listOpenAlerts(ctx: PersonContext): Promise<{ alerts: Alert[]; total: number }> {
  assertRole(ctx, CUSTODIANS, 'see alerts');
  const open = isNull(alerts.settledAt);
  return await withCustody(ctx, async (tx) => ({
    alerts: await readAlerts(tx, open),
    total: await tx.$count(alerts, open),
  }));
}

/** The alerts of one connection, seen to or not, the newest first. Throws FORBIDDEN. */
export async function listAlertsOf(ctx: PersonContext, connectionId: string): Promise<Alert[]> {
  assertRole(ctx, CUSTODIANS, 'see alerts');
  return await withCustody(ctx, (tx) => readAlerts(tx, eq(alerts.connectionId, connectionId)));
}

/** Rows read through a connection on each of the last 30 days in a time zone (IANA), today last. Throws FORBIDDEN. */
export async function readUsage(
  ctx: PersonContext,
  connectionId: string,
  timeZone: string,
): Promise<UsageDay[]> {
  assertRole(ctx, CUSTODIANS, 'see what was read through the grants of others');
  const { rows } = await withCustody(ctx, (tx) =>
    tx.execute<{ day: string; rows: number }>(sql`
      SELECT to_char(d.day, 'YYYY-MM-DD') AS day, coalesce(sum(u.rows), 0)::float8 AS rows
        FROM (SELECT (orgdock.now() AT TIME ZONE ${timeZone})::date AS today) t
       CROSS JOIN LATERAL (SELECT t.today - n AS day FROM generate_series(${DAYS - 1}::int, 0, -1) n) d
        LEFT JOIN ${connectionUsage} u
          ON u.connection_id = ${connectionId} AND (u.hour AT TIME ZONE ${timeZone})::date = d.day
       GROUP BY d.day ORDER BY d.day`),
  );
  return rows;
}

async function readAlerts(tx: Tx, which: SQL): Promise<Alert[]> {
  const rows = await tx
    .select({
      alert: alerts,
      environment: summaryColumns,
      name: connections.name,
      username: connections.username,
      owner: owner.displayName,
      reader: reader.displayName,
      settler: settler.displayName,
    })
    .from(alerts)
    .innerJoin(connections, eq(connections.id, alerts.connectionId))
    .innerJoin(environments, eq(environments.id, connections.environmentId))
    .leftJoin(owner, eq(owner.id, connections.ownerId))
    .leftJoin(reader, eq(reader.id, alerts.personId))
    .leftJoin(settler, eq(settler.id, alerts.settledBy))
    .where(which)
    .orderBy(desc(alerts.createdAt), desc(alerts.id))
    .limit(MOST);
  return rows.map(({ alert, environment, name, username, ...row }) => ({
    id: alert.id,
    connectionId: alert.connectionId,
    environment,
    holder: row.owner ?? name ?? 'The portal',
    username,
    reader: row.reader,
    facts: { kind: alert.kind, ...alert.facts } as AlertFacts,
    raisedAt: alert.createdAt.toISOString(),
    settled: alert.settledAt && {
      at: alert.settledAt.toISOString(),
      by: row.settler,
      note: alert.settledNote ?? '',
    },
  }));
}
