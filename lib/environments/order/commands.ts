import { eq, sql } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { environments } from '@/db/schema/environments';
import { appendAudit } from '@/lib/audit/append';
import type { PersonContext } from '@/lib/context';
import { assertAdmin, listOrder, notDeleted } from '@/lib/environments/queries';
import { AppError } from '@/lib/errors';

/**
 * Moves an environment one place up or down in every list: ranks become places, and each that changes is audited. At
 * the end of the list nothing happens. Throws FORBIDDEN, NOT_FOUND.
 */
export async function moveEnvironment(
  ctx: PersonContext,
  { slug, direction }: { slug: string; direction: 'up' | 'down' },
): Promise<void> {
  assertAdmin(ctx);
  await withActor(ctx, async (tx) => {
    // Two moves at once are one after the other.
    await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended('orgdock environment order', 0))`);
    const rows = await tx
      .select({ id: environments.id, slug: environments.slug, rank: environments.rank })
      .from(environments)
      .where(notDeleted)
      .orderBy(...listOrder);
    const from = rows.findIndex((row) => row.slug === slug);
    const to = direction === 'up' ? from - 1 : from + 1;
    const [moved, other] = [rows[from], rows[to]];
    if (!moved) throw new AppError('NOT_FOUND', 'There is no such environment.');
    if (!other) return;
    rows[from] = other;
    rows[to] = moved;
    for (const [rank, row] of rows.entries()) {
      if (row.rank === rank) continue;
      await tx.update(environments).set({ rank, updatedAt: databaseNow }).where(eq(environments.id, row.id));
      await appendAudit(tx, ctx, {
        action: 'environment.update',
        subjectId: row.id,
        details: { before: { rank: row.rank }, after: { rank }, secretChanged: false },
      });
    }
  });
}
