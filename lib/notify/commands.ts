import { and, eq, isNull } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { notifications } from '@/db/schema/notifications';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Takes one of my notices off my pages. A second time changes nothing. Throws NOT_FOUND for anybody else's. */
export async function dismissNotice(ctx: PersonContext, id: string): Promise<void> {
  const mine = and(eq(notifications.id, id), eq(notifications.personId, ctx.personId));
  const found =
    UUID.test(id) &&
    (await withActor(ctx, async (tx) => {
      await tx
        .update(notifications)
        .set({ readAt: databaseNow })
        .where(and(mine, isNull(notifications.readAt)));
      return (await tx.select({ id: notifications.id }).from(notifications).where(mine)).length > 0;
    }));
  if (!found) throw new AppError('NOT_FOUND', 'There is no such notice.');
}
