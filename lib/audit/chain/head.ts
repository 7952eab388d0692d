import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { GENESIS } from '@/lib/audit/chain/canonical-row';

/** Where a row stands in the order of the chain. */
export interface OrderKey {
  era: string;
  transactionId: string;
  id: string;
}

/** A link of the chain, by its number and its hash (base64url). */
export interface Link {
  position: number;
  hash: string;
}

/** What the chain begins with: nothing, or what retention has left of a removed prefix. */
export async function readBase(tx: Tx): Promise<Link> {
  const { rows } = await tx.execute<{ position: string; hash: string }>(sql`
    SELECT position::text AS position, hash FROM orgdock.audit_checkpoints
     WHERE kind = 'retention' ORDER BY position DESC, id DESC LIMIT 1`);
  return rows[0]
    ? { position: Number(rows[0].position), hash: rows[0].hash }
    : { position: 0, hash: GENESIS };
}

/** The last link, and the place of the last row that is sealed and still there. */
export async function readHead(tx: Tx): Promise<Link & { key: OrderKey | null }> {
  const { rows } = await tx.execute<{ position: string; hash: string } & Partial<OrderKey>>(sql`
    SELECT s.position::text AS position, s.hash, k.*
      FROM (SELECT position, hash FROM orgdock.audit_seals ORDER BY position DESC LIMIT 1) s
      LEFT JOIN LATERAL (
        SELECT a.era::text AS era, a.transaction_id::text AS "transactionId", a.id::text AS id
          FROM orgdock.audit_seals t JOIN orgdock.audit_log a ON a.id = t.audit_id
         ORDER BY t.position DESC LIMIT 1) k ON true`);
  const [row] = rows;
  if (!row) return { ...(await readBase(tx)), key: null };
  const { era, transactionId, id } = row;
  const key = era && transactionId && id ? { era, transactionId, id } : null;
  return { position: Number(row.position), hash: row.hash, key };
}

/** Of `orgdock.audit_log a`: comes after this place. */
export function isAfter(key: OrderKey | null) {
  return key === null ? sql`true` : sql`(a.era, a.transaction_id, a.id) > ${place(key)}`;
}

/** Of `orgdock.audit_log a`: comes before this place. */
export function isBefore(key: OrderKey) {
  return sql`(a.era, a.transaction_id, a.id) < ${place(key)}`;
}

function place({ era, transactionId, id }: OrderKey) {
  return sql`(${era}::integer, ${transactionId}::xid8, ${id}::bigint)`;
}
