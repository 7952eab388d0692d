import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { type ChainRow, chainColumns } from '@/lib/audit/chain/canonical-row';
import { isAfter, isBefore, type OrderKey } from '@/lib/audit/chain/head';

/** A link as it is stored, with its row as that is now; null: the row is gone. */
export interface StoredLink {
  position: number;
  hash: string;
  auditId: string;
  row: ChainRow | null;
}

/** The links after a position, in their order. */
export async function readLinks(tx: Tx, after: number, limit: number): Promise<StoredLink[]> {
  type Read = { position: string; hash: string; auditId: string; id: string | null };
  const { rows } = await tx.execute<Read & Record<string, unknown>>(sql`
    SELECT s.position::text AS position, s.hash, s.audit_id::text AS "auditId", ${chainColumns}
      FROM orgdock.audit_seals s LEFT JOIN orgdock.audit_log a ON a.id = s.audit_id
     WHERE s.position > ${after} ORDER BY s.position LIMIT ${limit}`);
  return rows.map(({ position, hash, auditId, ...row }) => ({
    position: Number(position),
    hash,
    auditId,
    row: row.id === null ? null : (row as unknown as ChainRow),
  }));
}

/** The first row without a link between two places of the order; null: none. */
export async function findUnsealedBetween(
  tx: Tx,
  from: OrderKey | null,
  to: OrderKey,
): Promise<string | null> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    SELECT a.id::text AS id FROM orgdock.audit_log a
     WHERE ${isAfter(from)} AND ${isBefore(to)}
       AND NOT EXISTS (SELECT 1 FROM orgdock.audit_seals s WHERE s.audit_id = a.id)
     ORDER BY a.era, a.transaction_id, a.id LIMIT 1`);
  return rows[0]?.id ?? null;
}
