import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { registry } from '@/lib/registry';

const SLOT = 'connections.databaseIdentity';

/**
 * Which PostgreSQL cluster this is, and which of its histories: system identifier and timeline. Both change when a
 * backup is restored, the timeline also when a standby is promoted.
 */
export async function readDatabaseIdentity(tx: Tx): Promise<string> {
  const { rows } = await tx.execute<{ identity: string }>(sql`
    SELECT (SELECT system_identifier FROM pg_control_system()) || '/' ||
           substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) AS identity`);
  const [row] = rows;
  if (!row) throw new Error('The database did not say which one it is.');
  return row.identity;
}

/** The identity that this process has worked with; null: none yet. */
export function knownDatabaseIdentity(): string | null {
  return (registry().slots.get(SLOT) as string | undefined) ?? null;
}

/** Notes the identity that everything from now on is compared with. */
export function rememberDatabaseIdentity(identity: string): void {
  registry().slots.set(SLOT, identity);
}
