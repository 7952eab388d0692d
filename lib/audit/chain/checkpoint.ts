import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Tx } from '@/db/client';
import { auditCheckpoints } from '@/db/schema/audit';
import type { Link } from '@/lib/audit/chain/head';
import { log } from '@/lib/log';
import { signAuditStatement, verifyAuditStatement } from '@/lib/vault/audit-statement';

const statementSchema = z.strictObject({
  statement: z.literal('orgdock audit checkpoint'),
  version: z.literal(1),
  kind: z.enum(['head', 'retention']),
  position: z.number().int().positive(),
  hash: z.string(),
  removedRows: z.number().int().nonnegative(),
});

type Statement = Omit<z.infer<typeof statementSchema>, 'statement' | 'version'>;

/** Signs what the chain is at a link: JWS compact. */
export function signCheckpoint({ kind, position, hash, removedRows }: Statement): Promise<string> {
  return signAuditStatement({
    statement: 'orgdock audit checkpoint',
    version: 1,
    kind,
    position,
    hash,
    removedRows,
  });
}

/** Whether a stored checkpoint is what was signed. */
export async function isAsSigned(stored: Statement & { signature: string }): Promise<boolean> {
  const { success, data } = statementSchema.safeParse(await verifyAuditStatement(stored.signature));
  if (!success) return false;
  const { kind, position, hash, removedRows } = stored;
  return (
    data.kind === kind && data.position === position && data.hash === hash && data.removedRows === removedRows
  );
}

/** Leaves a signed checkpoint of the head, when the last one is an hour old and the chain has grown since. */
export async function signHeadWhenDue(tx: Tx, { position, hash }: Link): Promise<void> {
  const { rows } = await tx.execute<{ due: boolean }>(sql`
    SELECT coalesce(bool_and(created_at < orgdock.now() - interval '1 hour'), true) AS due
      FROM (SELECT created_at FROM orgdock.audit_checkpoints
             WHERE kind = 'head' ORDER BY id DESC LIMIT 1) last`);
  if (!rows[0]?.due) return;
  const signature = await signCheckpoint({ kind: 'head', position, hash, removedRows: 0 });
  await tx.insert(auditCheckpoints).values({ kind: 'head', position, hash, signature });
  // Whoever keeps the log elsewhere has a witness that the database's owner cannot change.
  log().info({ position, hash }, 'the head of the audit chain was signed');
}
