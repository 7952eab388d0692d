import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { notifications } from '@/db/schema/notifications';
import { people } from '@/db/schema/people';
import { portalOrigin } from '@/lib/env';
import type { Mail } from '@/lib/notify/mail';
import { occasionOf } from '@/lib/notify/occasion';
import { watchedColumns, withItsEnvironment } from '@/lib/notify/watched';
import { noticeWords } from '@/lib/notify/words';

/** The mail of a notification. Null: it is not due any more, because it was sent, dismissed, or is not so any more. */
export async function readDueMail(tx: Tx, notificationId: string): Promise<Mail | null> {
  const [row] = await tx
    .select({
      ...watchedColumns,
      kind: notifications.kind,
      occasion: notifications.occasion,
      displayName: people.displayName,
      email: people.email,
      readerLocale: people.locale,
      readerTimeZone: people.timeZone,
    })
    .from(notifications)
    .innerJoin(people, eq(people.id, notifications.personId))
    .innerJoin(connections, eq(connections.id, notifications.connectionId))
    .innerJoin(environments, withItsEnvironment)
    .where(
      and(
        eq(notifications.id, notificationId),
        isNull(notifications.mailedAt),
        isNull(notifications.readAt),
        isNull(people.deactivatedAt),
        isNotNull(people.email),
      ),
    );
  const occasion = row ? occasionOf(row, row.now) : null;
  if (!row?.email || occasion?.kind !== row.kind || occasion.key !== row.occasion) return null;
  const reader = { locale: row.readerLocale, timeZone: row.readerTimeZone, now: row.now };
  const { title, text, href } = noticeWords(occasion, row, reader);
  return {
    to: { name: row.displayName, address: row.email },
    subject: `Orgdock: ${title}`,
    text: `${text}\n\n${portalOrigin()}${href}\n\nOrgdock says this once. Reconnecting, or a refresh, ends the matter.\n`,
  };
}

/** Writes down that the mail of a notification was taken by the mail server. */
export async function markMailed(tx: Tx, notificationId: string): Promise<void> {
  await tx.update(notifications).set({ mailedAt: databaseNow }).where(eq(notifications.id, notificationId));
}
