import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { withActor, withSystem } from '@/db/client';
import { appendAudit } from '@/lib/audit/append';
import { type Progress, verifyChain } from '@/lib/audit/chain/verify';
import { assertReader } from '@/lib/audit/log/assert-reader';
import type { ChainReport } from '@/lib/audit/types';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';

const LEAST_DAYS = 30;
const MOST_DAYS = 36_500;

const retentionSchema = z.object({
  days: z
    .string()
    .trim()
    .regex(/^\d*$/, 'Give a number of days, or nothing for ever.')
    .transform((text) => (text === '' ? null : Number(text)))
    .refine((days) => days === null || (days >= LEAST_DAYS && days <= MOST_DAYS), {
      message: `Give at least ${LEAST_DAYS} days, or nothing for ever.`,
    }),
});

/** Sets for how many days audit rows are kept; nothing: for ever. Throws FORBIDDEN, INVALID_INPUT. */
export async function setAuditRetention(ctx: PersonContext, form: unknown): Promise<void> {
  if (ctx.role !== 'admin') {
    throw new AppError('FORBIDDEN', 'Only administrators set how long the audit log is kept.');
  }
  const parsed = retentionSchema.safeParse(form);
  if (!parsed.success) {
    const days = parsed.error.issues[0]?.message ?? 'This is no number of days.';
    throw new AppError('INVALID_INPUT', 'Nothing was saved: the field needs another look.', {
      details: { days },
    });
  }
  const after = parsed.data.days;
  await withSystem('audit retention', async (tx) => {
    const { rows } = await tx.execute<{ days: number | null }>(
      sql`SELECT audit_retention_days AS days FROM orgdock.portal FOR UPDATE`,
    );
    const before = rows[0]?.days ?? null;
    if (before === after) return;
    await tx.execute(sql`UPDATE orgdock.portal SET audit_retention_days = ${after}::integer`);
    await appendAudit(tx, ctx, { action: 'audit.retention', subjectId: 'audit', details: { before, after } });
  });
}

/** Verifies the whole chain for an administrator or auditor, and notes what was found. Throws FORBIDDEN. */
export async function verifyAuditLog(
  ctx: PersonContext,
  onProgress: (progress: Progress) => void,
): Promise<ChainReport> {
  assertReader(ctx);
  const report = await verifyChain(onProgress);
  const { verified, fault } = report;
  await withActor(ctx, (tx) =>
    appendAudit(tx, ctx, {
      action: 'audit.verify',
      subjectId: 'audit',
      outcome: fault ? 'failed' : 'done',
      details: { verified, fault: fault?.message ?? null },
    }),
  );
  return report;
}
