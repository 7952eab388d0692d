import { sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { appendAudit } from '@/lib/audit/append';
import { lockChain } from '@/lib/audit/chain/chain-lock';
import { signCheckpoint } from '@/lib/audit/chain/checkpoint';
import { type Link, readBase, readHead } from '@/lib/audit/chain/head';
import type { SystemContext } from '@/lib/context';
import { log } from '@/lib/log';
import { registry } from '@/lib/registry';

const AT_ONCE = 20_000;
const ctx: SystemContext = { kind: 'system', reason: 'audit retention', request: null };

/**
 * Removes the sealed rows at the beginning of the chain that are older than the retention, and leaves a signed checkpoint
 * for each step. Does nothing when rows are kept for ever. The newest link always stays. Returns how many rows went.
 */
export async function sweepAuditRetention(): Promise<number> {
  let removed = 0;
  for (let last = AT_ONCE; last === AT_ONCE && !registry().draining; removed += last) {
    last = await withSystem(ctx.reason, (tx) => removeOld(tx, AT_ONCE));
  }
  if (removed > 0) log().info({ removed }, 'audit rows were removed by retention');
  return removed;
}

async function removeOld(tx: Tx, limit: number): Promise<number> {
  const { rows } = await tx.execute<{ days: number | null }>(
    sql`SELECT audit_retention_days AS days FROM orgdock.portal`,
  );
  const days = rows[0]?.days ?? null;
  if (days === null) return 0;
  await lockChain(tx);
  const base = await readBase(tx);
  const through = await lastOldLink(tx, { days, after: base.position, limit });
  if (!through) return 0;
  const expected = through.position - base.position;
  const signature = await signCheckpoint({ kind: 'retention', ...through, removedRows: expected });
  const { rows: answer } = await tx.execute<{ removed: string }>(sql`
    SELECT orgdock.remove_sealed_audit(${through.position}, ${through.hash}, ${signature})::text AS removed`);
  const removed = Number(answer[0]?.removed);
  if (removed !== expected) throw new Error('the chain does not hold the rows that retention should remove');
  const details = { days, removed, throughPosition: through.position };
  await appendAudit(tx, ctx, { action: 'audit.remove_old', subjectId: 'audit', details });
  return removed;
}

/** The last link before the first row that is younger, at most `limit` further, and never the head. */
async function lastOldLink(
  tx: Tx,
  { days, after, limit }: { days: number; after: number; limit: number },
): Promise<Link | null> {
  const head = await readHead(tx);
  const { rows } = await tx.execute<{ position: string }>(sql`
    SELECT s.position::text AS position
      FROM orgdock.audit_seals s JOIN orgdock.audit_log a ON a.id = s.audit_id
     WHERE s.position > ${after} AND a.at >= (SELECT orgdock.now()) - make_interval(days => ${days})
     ORDER BY s.position LIMIT 1`);
  const young = rows[0] ? Number(rows[0].position) : head.position;
  const position = Math.min(young, head.position, after + limit + 1) - 1;
  if (position <= after) return null;
  const found = await tx.execute<{ hash: string }>(
    sql`SELECT hash FROM orgdock.audit_seals WHERE position = ${position}`,
  );
  return found.rows[0] ? { position, hash: found.rows[0].hash } : null;
}
