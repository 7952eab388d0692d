import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';

/** One works on the chain at a time, whatever process it is in. */
const CHAIN = sql.raw(`hashtextextended('orgdock audit chain', 0)`);

/** Holds the chain until the transaction ends; false when somebody else does. */
export async function tryLockChain(tx: Tx): Promise<boolean> {
  const { rows } = await tx.execute<{ held: boolean }>(
    sql`SELECT pg_try_advisory_xact_lock(${CHAIN}) AS held`,
  );
  return rows[0]?.held === true;
}

/** As `tryLockChain`, and waits. */
export async function lockChain(tx: Tx): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${CHAIN})`);
}
