import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { withActor, withCustody } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { alerts } from '@/db/schema/custody';
import { environments } from '@/db/schema/environments';
import { notifications } from '@/db/schema/notifications';
import { singleRead } from '@/db/single-read';
import type { PersonContext } from '@/lib/context';
import { listApprovalNotices } from '@/lib/notify/approval-notice';
import { currentNotice } from '@/lib/notify/current-notice';
import type { Notice } from '@/lib/notify/types';
import { itsAlert, watchedColumns, withItsEnvironment } from '@/lib/notify/watched';

/** What I was told, have not dismissed, and is still so. One that time or a reconnect has overtaken is left out; what I waited for comes first. */
export async function listNotices(ctx: PersonContext): Promise<Notice[]> {
  // Administrators are told of the portal's own connections, which nobody owns.
  const within: typeof withActor = ctx.role === 'admin' ? withCustody : withActor;
  const [approvals, rows] = await Promise.all([
    listApprovalNotices(ctx, (fn) => within(ctx, fn)),
    within(ctx, readTold({ personId: ctx.personId })),
  ]);
  const notices = rows.flatMap((row) => {
    const notice = currentNotice(row, ctx);
    return notice ? [{ id: row.id, ...notice }] : [];
  });
  return [...approvals, ...notices];
}

const readTold = singleRead((tx) =>
  tx
    .select({
      id: notifications.id,
      kind: notifications.kind,
      occasion: notifications.occasion,
      settledAt: alerts.settledAt,
      ...watchedColumns,
    })
    .from(notifications)
    .innerJoin(connections, eq(connections.id, notifications.connectionId))
    .innerJoin(environments, withItsEnvironment)
    // Members see no alerts: what they were told of stays until they dismiss it.
    .leftJoin(alerts, itsAlert)
    .where(and(eq(notifications.personId, sql.placeholder('personId')), isNull(notifications.readAt)))
    .orderBy(asc(notifications.createdAt), asc(notifications.id)),
);
