import { and, asc, eq, isNull } from 'drizzle-orm';
import { withActor, withCustody } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { notifications } from '@/db/schema/notifications';
import type { PersonContext } from '@/lib/context';
import { occasionOf } from '@/lib/notify/occasion';
import type { Notice } from '@/lib/notify/types';
import { watchedColumns, withItsEnvironment } from '@/lib/notify/watched';
import { noticeWords } from '@/lib/notify/words';

/** What I was told, have not dismissed, and is still so. One that time or a reconnect has overtaken is left out. */
export async function listNotices(ctx: PersonContext): Promise<Notice[]> {
  // Administrators are told of the portal's own connections, which nobody owns.
  const within = ctx.role === 'admin' ? withCustody : withActor;
  const rows = await within(ctx, (tx) =>
    tx
      .select({
        id: notifications.id,
        kind: notifications.kind,
        occasion: notifications.occasion,
        ...watchedColumns,
      })
      .from(notifications)
      .innerJoin(connections, eq(connections.id, notifications.connectionId))
      .innerJoin(environments, withItsEnvironment)
      .where(and(eq(notifications.personId, ctx.personId), isNull(notifications.readAt)))
      .orderBy(asc(notifications.createdAt), asc(notifications.id)),
  );
  return rows.flatMap((row) => {
    const occasion = occasionOf(row, row.now);
    if (occasion?.kind !== row.kind || occasion.key !== row.occasion) return [];
    return [{ id: row.id, ...noticeWords(occasion, row, { ...ctx, now: row.now }) }];
  });
}
