import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';

/** One begins or settles breaches at a time, in whatever process: two may name the same grants and sessions. */
export async function lockBreaches(tx: Tx): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended('orgdock breach', 0))`);
}
