import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connections } from '@/db/schema/connections';
import { portal } from '@/db/schema/people';
import { appendAudit } from '@/lib/audit/append';
import { readDatabaseIdentity, rememberDatabaseIdentity } from '@/lib/connections/restore/database-identity';
import type { SystemContext } from '@/lib/context';
import { log } from '@/lib/log';

/** What makes one think that the database is an older copy of itself. */
export type RestoreReason =
  /** A connection's generation is lower than this process or its data folder has seen. */
  | 'generation'
  /** Another cluster, or another timeline of it. */
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
  const { identity, marked } = await withSystem('database restored', async (tx) => {
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
    const identity = await writeHeartbeat(tx);
    await appendAudit(tx, ctx, {
      action: 'portal.restored',
      subjectId: 'database',
      details: { reason, connections: rows.length },
    });
    return { identity, marked: rows.length };
  });
  // Only now: until the marks are there, every claim of this process must notice for itself.
  rememberDatabaseIdentity(identity);
  log().warn(
    { reason, connections: marked },
    'the database looks like a restored backup: grants are verified first',
  );
  return marked;
}

/**
 * Writes down that this database is being worked with, and which one it is; returns its identity. In another cluster
 * transaction ids begin anew, and so does the order of the audit log: its era.
 */
export async function writeHeartbeat(tx: Tx): Promise<string> {
  const databaseIdentity = await readDatabaseIdentity(tx);
  const auditEra = sql`${portal.auditEra} + (coalesce(
    split_part(${portal.databaseIdentity}, '/', 1) <> split_part(${databaseIdentity}, '/', 1), false))::int`;
  await tx
    .update(portal)
    .set({ heartbeatAt: databaseNow, databaseIdentity, auditEra })
    .where(eq(portal.id, 1));
  return databaseIdentity;
}

/** The last heartbeat and the identity that it was written with, before this process writes its own. */
export async function readHeartbeat(tx: Tx, olderThanMs: number) {
  const [row] = await tx
    .select({
      identity: portal.databaseIdentity,
      isOld: sql<boolean>`coalesce(${portal.heartbeatAt} < orgdock.now() - ${olderThanMs} * interval '1 millisecond', false)`,
    })
    .from(portal)
    .where(eq(portal.id, 1));
  return row ?? { identity: null, isOld: false };
}
