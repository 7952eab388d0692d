import { and, eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { environments } from '@/db/schema/environments';
import { notDeleted } from '@/lib/environments/queries';
import { AppError } from '@/lib/errors';

export type EnvironmentRow = typeof environments.$inferSelect;

/** The row of an environment, locked, so that its secrets change once at a time. Throws NOT_FOUND. */
export async function lockEnvironment(tx: Tx, slug: string): Promise<EnvironmentRow> {
  const [row] = await tx
    .select()
    .from(environments)
    .where(and(eq(environments.slug, slug), notDeleted))
    .for('no key update');
  if (!row) throw new AppError('NOT_FOUND', 'There is no such environment.');
  return row;
}

/** As `lockEnvironment`, but refuses a public client, which has no secret to rotate. Throws NOT_FOUND, CONFLICT. */
export async function lockConfidential(tx: Tx, slug: string): Promise<EnvironmentRow> {
  const row = await lockEnvironment(tx, slug);
  if (row.clientType === 'confidential') return row;
  throw new AppError('CONFLICT', 'This environment is a public client, which has no secret.', {
    nextStep: 'Change the client type on the environment’s form first, if the app has a secret.',
  });
}
