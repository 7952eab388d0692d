import { environments } from '@/db/schema/environments';
import { appendAudit } from '@/lib/audit/append';
import type { Context } from '@/lib/context';
import { assertAdmin, assertCustodian, listOrder, notDeleted } from '@/lib/environments/queries';
import { settingsOf } from '@/lib/environments/settings';
import { inTransaction } from '@/lib/environments/transaction/in-transaction';
import { planAll } from '@/lib/environments/transfer/plan-all';
import { parseTransferFile, type TransferFile } from '@/lib/environments/transfer/schema';
import type { ImportPlan, OfferedSecrets } from '@/lib/environments/transfer/types';
import { AppError } from '@/lib/errors';

/**
 * The settings of all environments, or of the one of `slug`, as a file: no secret, and not who the chosen people are.
 * For administrators, auditors and the command line; that they left is audited. Throws FORBIDDEN, NOT_FOUND.
 */
export async function exportEnvironments(ctx: Context, slug: string | null): Promise<TransferFile> {
  if (ctx.kind === 'person') assertCustodian(ctx);
  return await inTransaction(ctx, async (tx) => {
    const all = await tx
      .select()
      .from(environments)
      .where(notDeleted)
      .orderBy(...listOrder);
    const rows = slug === null ? all : all.filter((row) => row.slug === slug);
    if (slug !== null && rows.length === 0) {
      throw new AppError('NOT_FOUND', 'There is no such environment.');
    }
    await appendAudit(tx, ctx, {
      action: 'environment.export',
      subjectId: 'environments',
      details: { slugs: rows.map((row) => row.slug) },
    });
    return { orgdock: 'environments', version: 1, environments: rows.map(toEntry) };
  });
}

/**
 * What importing a file would do, and writes nothing. For administrators and the command line. Throws INVALID_INPUT,
 * FORBIDDEN.
 */
export async function planImport(
  ctx: Context,
  { content, secrets }: { content: string; secrets: OfferedSecrets },
): Promise<ImportPlan> {
  if (ctx.kind === 'person') assertAdmin(ctx);
  const entries = parseTransferFile(content);
  const { planned, seen } = await inTransaction(ctx, (tx) =>
    planAll(tx, { content, entries, secrets, toWrite: false }),
  );
  return { items: planned.map(({ item }) => item), seen };
}

function toEntry(row: typeof environments.$inferSelect) {
  const { slug, status, expectedOrgId, expectedOrgName } = row;
  const expectedOrg = expectedOrgId === null ? null : { id: expectedOrgId, name: expectedOrgName };
  return { slug, status, expectedOrg, ...settingsOf(row) };
}
