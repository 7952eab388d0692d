import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connections } from '@/db/schema/connections';
import { alerts } from '@/db/schema/custody';
import { environments } from '@/db/schema/environments';
import { notifications } from '@/db/schema/notifications';
import { people } from '@/db/schema/people';
import { portalOrigin } from '@/lib/env';
import { currentNotice } from '@/lib/notify/current-notice';
import type { Mail } from '@/lib/notify/mail';
import type { ConnectionNoticeKind } from '@/lib/notify/types';
import { itsAlert, watchedColumns, withItsEnvironment } from '@/lib/notify/watched';

const RECONNECT = 'Reconnecting, or a refresh, ends the matter.';
const SETTLE = 'An administrator settles the alert on its page.';

/** What ends the matter of each kind. */
const END_OF: Record<ConnectionNoticeKind, string> = {
  connection_ends_soon: RECONNECT,
  connection_ended: RECONNECT,
  unusual_reading: SETTLE,
  outside_hours: SETTLE,
};

/** The mail of a notification. Null: it is not due any more, because it was sent, dismissed, or is not so any more. */
export async function readDueMail(tx: Tx, notificationId: string): Promise<Mail | null> {
  const [row] = await tx
    .select({
      ...watchedColumns,
      kind: notifications.kind,
      occasion: notifications.occasion,
      settledAt: alerts.settledAt,
      displayName: people.displayName,
      email: people.email,
      role: people.role,
      readerLocale: people.locale,
      readerTimeZone: people.timeZone,
    })
    .from(notifications)
    .innerJoin(people, eq(people.id, notifications.personId))
    .innerJoin(connections, eq(connections.id, notifications.connectionId))
    .innerJoin(environments, withItsEnvironment)
    .leftJoin(alerts, itsAlert)
    .where(
      and(
        eq(notifications.id, notificationId),
        isNull(notifications.mailedAt),
        isNull(notifications.readAt),
        isNull(people.deactivatedAt),
        isNotNull(people.email),
      ),
    );
  if (!row?.email) return null;
  const reader = { role: row.role, locale: row.readerLocale, timeZone: row.readerTimeZone };
  const notice = currentNotice(row, reader);
  if (!notice) return null;
  const { kind, title, text, href } = notice;
  return {
    to: { name: row.displayName, address: row.email },
    subject: `Orgdock: ${title}`,
    text: `${text}\n\n${portalOrigin()}${href}\n\nOrgdock says this once. ${END_OF[kind]}\n`,
  };
}

/** Writes down that the mail of a notification was taken by the mail server. */
export async function markMailed(tx: Tx, notificationId: string): Promise<void> {
  await tx.update(notifications).set({ mailedAt: databaseNow }).where(eq(notifications.id, notificationId));
}
