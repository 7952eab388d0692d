import { and, eq } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { appendAudit } from '@/lib/audit/append';
import { requireConnection } from '@/lib/connections/queries';
import type { PersonContext } from '@/lib/context';

/** Switches keep-alive of one's own connection on or off. Throws NOT_FOUND for anybody else's. */
export async function setKeepAlive(ctx: PersonContext, id: string, on: boolean): Promise<void> {
  const connection = await requireConnection(ctx, id);
  await withActor(ctx, async (tx) => {
    const rows = await tx
      .update(connections)
      .set({ keepAlive: on })
      .where(
        and(
          eq(connections.id, connection.id),
          eq(connections.ownerId, ctx.personId),
          eq(connections.keepAlive, !on),
        ),
      )
      .returning({ id: connections.id });
    if (rows.length === 0) return;
    await appendAudit(tx, ctx, {
      action: 'connection.keep_alive',
      subjectId: connection.id,
      details: { before: !on, after: on },
    });
  });
}
