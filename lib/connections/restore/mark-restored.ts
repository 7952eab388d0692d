import { and, eq, inArray, isNull } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { appendAudit } from '@/lib/audit/append';
import { rememberHeartbeat, writeHeartbeat } from '@/lib/connections/restore/heartbeat';
import type { SystemContext } from '@/lib/context';
import { log } from '@/lib/log';

/** What makes one think that the database is an older copy of itself. */
export type RestoreReason =
  /** A connection's generation is lower than this process or its data folder has seen. */
  | 'generation'
  /** Another database, another timeline of it, or one that knows an earlier heartbeat only. */
  | 'database'
  /** Nobody has worked with it for long. */
  | 'heartbeat'
  /** An operator says so. */
  | 'command';

/**
 * From now on every stored refresh token is introspected before it is spent, because it may have been spent since
 * the backup. Writes the audit row in the same transaction. Returns how many connections that concerns.
 */
export async function markRestored(ctx: SystemContext, reason: RestoreReason): Promise<number> {
  const { heartbeat, marked } = await withSystem('database restored', async (tx) => {
    const rows = await tx
      .update(connections)
      .set({ verifyFirst: reason })
      .where(
        and(
          isNull(connections.verifyFirst),
          eq(connections.flow, 'authorization_code'),
          inArray(connections.state, ['idle', 'refreshing', 'uncertain', 'disconnecting']),
        ),
      )
      .returning({ id: connections.id });
    // The era of the audit log first: in another cluster this row belongs to the new one.
    const heartbeat = await writeHeartbeat(tx);
    await appendAudit(tx, ctx, {
      action: 'portal.restored',
      subjectId: 'database',
      details: { reason, connections: rows.length },
    });
    return { heartbeat, marked: rows.length };
  });
  // Only now: until the marks are there, every claim of this process must notice for itself.
  await rememberHeartbeat(heartbeat);
  log().warn(
    { reason, connections: marked },
    'the database looks like a restored backup: grants are verified first',
  );
  return marked;
}
