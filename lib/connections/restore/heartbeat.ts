import { eq, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { portal } from '@/db/schema/people';
import { readDatabaseIdentity } from '@/lib/connections/restore/database-identity';
import { lastGeneration, noteGeneration } from '@/lib/connections/restore/watermarks';
import { registry } from '@/lib/registry';

const SLOT = 'connections.heartbeat';
/** Beside the watermarks of the connections: it never goes back either. */
const WATERMARK = 'heartbeat';

/** The sign of life that every process leaves in the database. */
export interface Heartbeat {
  /** Of the database that it was written to. */
  identity: string;
  /** Milliseconds since the epoch, by the database's clock. */
  at: number;
}

/** The last heartbeat that this process has written; null: none yet. */
export function knownHeartbeat(): Heartbeat | null {
  return (registry().slots.get(SLOT) as Heartbeat | undefined) ?? null;
}

/** Notes a heartbeat whose commit was heard of: everything from now on is compared with it. */
export async function rememberHeartbeat(beat: Heartbeat): Promise<void> {
  registry().slots.set(SLOT, beat);
  await noteGeneration(WATERMARK, beat.at);
}

/** When the last heartbeat was written that this process or its data folder knows of; 0: none. */
export function lastHeartbeatAt(): Promise<number> {
  return lastGeneration(WATERMARK);
}

/**
 * Writes down that this database is being worked with, and which one it is. Never an earlier time than before,
 * whatever the clock does: an earlier one is found in an older copy only. In another cluster transaction ids begin
 * anew, and so does the order of the audit log: its era.
 */
export async function writeHeartbeat(tx: Tx): Promise<Heartbeat> {
  const identity = await readDatabaseIdentity(tx);
  const auditEra = sql`${portal.auditEra} + (coalesce(
    split_part(${portal.databaseIdentity}, '/', 1) <> split_part(${identity}, '/', 1), false))::int`;
  const heartbeatAt = sql`greatest(${portal.heartbeatAt}, orgdock.now())`;
  const [row] = await tx
    .update(portal)
    .set({ heartbeatAt, databaseIdentity: identity, auditEra })
    .where(eq(portal.id, 1))
    .returning({ at: portal.heartbeatAt });
  return { identity, at: row?.at?.getTime() ?? 0 };
}

/** The last heartbeat in the database, and whether it is older than `ageMs`. Null: there is none. */
export async function readHeartbeat(tx: Tx, ageMs: number): Promise<(Heartbeat & { isOld: boolean }) | null> {
  const [row] = await tx
    .select({
      identity: portal.databaseIdentity,
      at: portal.heartbeatAt,
      isOld: sql<boolean>`${portal.heartbeatAt} < orgdock.now() - ${ageMs} * interval '1 millisecond'`,
    })
    .from(portal)
    .where(eq(portal.id, 1));
  if (!row?.identity || !row.at) return null;
  return { identity: row.identity, at: row.at.getTime(), isOld: row.isOld };
}
