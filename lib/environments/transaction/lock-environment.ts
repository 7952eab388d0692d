import { and, eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { environments } from '@/db/schema/environments';
import { notDeleted } from '@/lib/environments/queries';
import { AppError } from '@/lib/errors';

export type EnvironmentRow = typeof environments.$inferSelect;

/**
 * The row of an environment that is not deleted, locked: it and its secrets change once at a time, and a consent waits
 * before it stores a grant. Throws NOT_FOUND.
 */
export async function lockEnvironment(tx: Tx, slug: string): Promise<EnvironmentRow> {
  const [row] = await tx
    .select()
    .from(environments)
    .where(and(eq(environments.slug, slug), notDeleted))
    .for('no key update');
  if (!row) throw new AppError('NOT_FOUND', 'There is no such environment.');
  return row;
}
