import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';

/**
 * Which PostgreSQL cluster this is, which of its histories, and which database and tables in it. System identifier
 * and timeline change when a backup of the cluster is recovered, the timeline also when a standby is promoted; the
 * ids of database and table when a dump or a copy takes their place. A cold copy of the cluster has all four.
 */
export async function readDatabaseIdentity(tx: Tx): Promise<string> {
  const { rows } = await tx.execute<{ identity: string }>(sql`
    SELECT concat_ws('/',
             (SELECT system_identifier FROM pg_control_system()),
             substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8),
             (SELECT oid FROM pg_database WHERE datname = current_database()),
             'orgdock.connections'::regclass::oid) AS identity`);
  const [row] = rows;
  if (!row) throw new Error('The database did not say which one it is.');
  return row.identity;
}
