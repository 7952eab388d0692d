import { and, asc, eq, exists, not, sql } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { connections, consentAttempts, environments } from '@/db/schema';
import { forReading } from '@/lib/connections/purpose/for-reading';
import { deleteOwnAttempt } from '@/lib/consent/attempts';
import type { PendingConsent } from '@/lib/consent/types';
import type { PersonContext } from '@/lib/context';
import { summaryColumns } from '@/lib/environments/queries';
import { AppError } from '@/lib/errors';

/**
 * My consents to connect that have not come back; expired ones say so. One that another tab has overtaken,
 * because the environment gave a grant after it began, is left out.
 */
export async function listPendingConsents(ctx: PersonContext): Promise<PendingConsent[]> {
  const rows = await withActor(ctx, (tx) => {
    const overtaken = tx
      .select({ one: sql`1` })
      .from(connections)
      .where(
        and(
          eq(connections.environmentId, consentAttempts.environmentId),
          forReading,
          eq(connections.ownerId, ctx.personId),
          sql`${connections.retrievedAt} > ${consentAttempts.createdAt}`,
        ),
      );
    return tx
      .select({
        id: consentAttempts.id,
        createdAt: consentAttempts.createdAt,
        expiresAt: consentAttempts.expiresAt,
        expired: sql<boolean>`${consentAttempts.expiresAt} <= orgdock.now()`,
        environment: summaryColumns,
      })
      .from(consentAttempts)
      .innerJoin(environments, eq(environments.id, consentAttempts.environmentId))
      .where(
        and(
          eq(consentAttempts.personId, ctx.personId),
          eq(consentAttempts.intent, 'connect'),
          eq(consentAttempts.purpose, 'runtime'),
          not(exists(overtaken)),
        ),
      )
      .orderBy(asc(consentAttempts.createdAt), asc(consentAttempts.id));
  });
  return rows.map((row) => ({
    id: row.id,
    environment: row.environment,
    startedAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    expired: row.expired,
  }));
}

/** Forgets one of my consents; its answer, should it still come, will be refused. Throws NOT_FOUND. */
export async function dismissPendingConsent(ctx: PersonContext, id: string): Promise<void> {
  const found = await withActor(ctx, (tx) => deleteOwnAttempt(tx, id, ctx.personId));
  if (!found) throw new AppError('NOT_FOUND', 'There is no such consent.');
}
