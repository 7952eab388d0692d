import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { isAfter, readBase, readHead } from '@/lib/audit/chain/head';
import type { ChainState } from '@/lib/audit/types';

/** How many rows are sealed, removed, and waiting to be sealed, for whoever may read the audit log. */
export async function readChainState(tx: Tx): Promise<ChainState> {
  const head = await readHead(tx);
  const base = await readBase(tx);
  const { rows } = await tx.execute<{ waiting: string; since: string | null }>(sql`
    SELECT count(*)::text AS waiting, trunc(extract(epoch FROM min(a.at)) * 1000)::text AS since
      FROM orgdock.audit_log a WHERE ${isAfter(head.key)}`);
  const [row] = rows;
  return {
    sealed: head.position - base.position,
    removed: base.position,
    waiting: Number(row?.waiting ?? 0),
    waitingSince: row?.since ? new Date(Number(row.since)).toISOString() : null,
  };
}
