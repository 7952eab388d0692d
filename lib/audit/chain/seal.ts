import { sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { auditSeals } from '@/db/schema/audit';
import { type ChainRow, chainColumns, linkOf } from '@/lib/audit/chain/canonical-row';
import { tryLockChain } from '@/lib/audit/chain/chain-lock';
import { signHeadWhenDue } from '@/lib/audit/chain/checkpoint';
import { isAfter, type OrderKey, readHead } from '@/lib/audit/chain/head';
import { registry } from '@/lib/registry';

const BATCH = 500;

/** Seals all rows that may be sealed by now. Returns how many; 0 also when another process is at it. */
export async function sealDue(): Promise<number> {
  let sealed = 0;
  for (let last = BATCH; last === BATCH && !registry().draining; sealed += last) {
    last = await withSystem('audit chain', (tx) => sealBatch(tx, BATCH));
  }
  return sealed;
}

/** Links the next rows to the chain, at most `limit`. Returns how many. */
export async function sealBatch(tx: Tx, limit: number): Promise<number> {
  if (!(await tryLockChain(tx))) return 0;
  const head = await readHead(tx);
  const rows = await readSealable(tx, head.key, limit);
  let { position, hash } = head;
  const seals = rows.map((row) => {
    position += 1;
    hash = linkOf(hash, row);
    return { position, auditId: Number(row.id), hash };
  });
  if (seals.length === 0) return 0;
  await tx.insert(auditSeals).values(seals);
  await signHeadWhenDue(tx, { position, hash });
  return seals.length;
}

/**
 * The next rows in the chain's order. Below the snapshot's xmin every transaction has ended, so no row can appear there
 * any more; earlier eras were another cluster's, and are over.
 */
async function readSealable(tx: Tx, after: OrderKey | null, limit: number): Promise<ChainRow[]> {
  const { rows } = await tx.execute<ChainRow & Record<string, unknown>>(sql`
    SELECT ${chainColumns} FROM orgdock.audit_log a
     WHERE ${isAfter(after)}
       AND (a.era < (SELECT orgdock.audit_era())
            OR a.transaction_id < pg_snapshot_xmin(pg_current_snapshot()))
     ORDER BY a.era, a.transaction_id, a.id LIMIT ${limit}`);
  return rows;
}
