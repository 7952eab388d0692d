import type { Tx } from '@/db/client';
import type { connections } from '@/db/schema/connections';
import { readDatabaseIdentity } from '@/lib/connections/restore/database-identity';
import { knownHeartbeat, readHeartbeat } from '@/lib/connections/restore/heartbeat';
import type { RestoreReason } from '@/lib/connections/restore/mark-restored';
import { lastGeneration } from '@/lib/connections/restore/watermarks';

/**
 * What speaks in a claim for a database that is an older copy of itself: the row's generation is lower than one that
 * was seen, or the database is not the one that this process has worked with. Null: nothing does.
 */
export async function suspicion(
  tx: Tx,
  { generation, lastSeen }: { generation: number; lastSeen: number },
): Promise<RestoreReason | null> {
  if (generation < lastSeen) return 'generation';
  return (await isOlderCopy(tx)) ? 'database' : null;
}

/** Whether the database is another one than this process has worked with, or knows an earlier heartbeat only. */
export async function isOlderCopy(tx: Tx): Promise<boolean> {
  // Before the database is asked: a heartbeat that this process writes meanwhile is later than what is found.
  const known = knownHeartbeat();
  if (known === null) return false;
  if ((await readDatabaseIdentity(tx)) !== known.identity) return true;
  const found = await readHeartbeat(tx, 0);
  return found === null || found.at < known.at;
}

/** Why the stored refresh token of a row must be introspected before it is revoked; null: it need not. */
export async function whyVerifyFirst(
  tx: Tx,
  row: Pick<typeof connections.$inferSelect, 'id' | 'generation' | 'verifyFirst'>,
): Promise<RestoreReason | null> {
  if (row.verifyFirst !== null) return row.verifyFirst as RestoreReason;
  const { id, generation } = row;
  return await suspicion(tx, { generation, lastSeen: await lastGeneration(id) });
}
