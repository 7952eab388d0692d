import type { Tx } from '@/db/client';
import { knownDatabaseIdentity, readDatabaseIdentity } from '@/lib/connections/restore/database-identity';
import type { RestoreReason } from '@/lib/connections/restore/mark-restored';

/**
 * What speaks in a claim for a database that is an older copy of itself: its identity is not the one that this
 * process has worked with, or the row's generation is lower than one that was seen. Null: nothing does.
 */
export async function suspicion(
  tx: Tx,
  { generation, lastSeen }: { generation: number; lastSeen: number },
): Promise<RestoreReason | null> {
  if (generation < lastSeen) return 'generation';
  const known = knownDatabaseIdentity();
  if (known === null) return null;
  return (await readDatabaseIdentity(tx)) === known ? null : 'database';
}
