import { and, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import { connections } from '@/db/schema/connections';
import { alerts } from '@/db/schema/custody';
import { environments } from '@/db/schema/environments';
import { notifications } from '@/db/schema/notifications';
import { appChanged } from '@/lib/connections/app-change';
import { forReading } from '@/lib/connections/purpose/for-reading';

/** What occasions and their words are made of. */
export const watchedColumns = {
  connectionId: connections.id,
  ownerId: connections.ownerId,
  name: connections.name,
  username: connections.username,
  locale: connections.locale,
  timeZone: connections.timeZone,
  flow: connections.flow,
  state: connections.state,
  grantId: connections.grantId,
  generation: connections.generation,
  keepAlive: connections.keepAlive,
  retrievedAt: connections.retrievedAt,
  consentedAt: connections.consentedAt,
  problemAt: connections.problemAt,
  problemError: connections.problemError,
  environmentName: environments.name,
  idleLimitDays: environments.idleLimitDays,
  absoluteLimitDays: environments.absoluteLimitDays,
  appChanged,
  now: sql`orgdock.now()`.mapWith(connections.retrievedAt),
};

/** The environment of a connection. What is of a deleted one is revoked, and nobody need hear of its end. */
export const withItsEnvironment = and(
  eq(environments.id, connections.environmentId),
  isNull(environments.deletedAt),
);

/** The alert that a notification tells of; it has none of the other kinds. */
export const itsAlert = and(
  eq(sql`${alerts.kind}`, notifications.kind),
  eq(alerts.connectionId, notifications.connectionId),
  eq(alerts.occasion, notifications.occasion),
);

/** SQL: a connection about which there may be something to tell. The rest is left to `occasionOf`. */
export function mayBeTold(): SQL | undefined {
  const nearest = sql`least(
    ${connections.retrievedAt} + ${environments.idleLimitDays} * interval '24 hours',
    ${connections.consentedAt} + ${environments.absoluteLimitDays} * interval '24 hours')`;
  const telling = or(
    inArray(connections.state, ['needs_reconnect', 'uncertain']),
    and(
      eq(connections.state, 'idle'),
      or(appChanged, sql`${nearest} <= (SELECT orgdock.now()) + interval '7 days'`),
    ),
  );
  return and(forReading, telling);
}
