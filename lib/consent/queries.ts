import { and, asc, eq, not, sql } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { consentAttempts, environments } from '@/db/schema';
import { deleteOwnAttempt } from '@/lib/consent/attempts';
import type { PendingConsent } from '@/lib/consent/types';
import { overtaken } from '@/lib/consent/unanswered/keep';
import type { PersonContext } from '@/lib/context';
import { notDeleted, summaryColumns } from '@/lib/environments/queries';
import { AppError } from '@/lib/errors';
import { usableBy } from '@/lib/people/access/usable-by';

/**
 * My consents to connect that have not come back; expired ones say so. One that another tab has overtaken,
 * because the environment gave a grant after it began, is left out.
 */
export async function listPendingConsents(ctx: PersonContext): Promise<PendingConsent[]> {
  const rows = await withActor(ctx, (tx) => {
    return tx
      .select({
        id: consentAttempts.id,
        createdAt: consentAttempts.createdAt,
        expiresAt: consentAttempts.expiresAt,
        expired: sql<boolean>`${consentAttempts.expiresAt} <= orgdock.now()`,
        mayTell: sql<boolean>`${consentAttempts.createdAt} <= orgdock.now() - interval '1 minute'`,
        environment: summaryColumns,
      })
      .from(consentAttempts)
      .innerJoin(environments, eq(environments.id, consentAttempts.environmentId))
      .where(
        and(
          eq(consentAttempts.personId, ctx.personId),
          eq(consentAttempts.intent, 'connect'),
          eq(consentAttempts.purpose, 'runtime'),
          not(overtaken(tx)),
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
    mayTell: row.mayTell,
  }));
}

/** Forgets one of my consents; its answer, should it still come, will be refused. Throws NOT_FOUND. */
export async function dismissPendingConsent(ctx: PersonContext, id: string): Promise<void> {
  const found = await withActor(ctx, (tx) => deleteOwnAttempt(tx, id, ctx.personId));
  if (!found) throw new AppError('NOT_FOUND', 'There is no such consent.');
}

/** The scopes that a consent to connect asks for; none where the person may not connect. */
export async function readConsentScopes(ctx: PersonContext, slug: string): Promise<string[]> {
  const [row] = await withActor(ctx, (tx) =>
    tx
      .select({ scopes: environments.scopes })
      .from(environments)
      .where(and(eq(environments.slug, slug), notDeleted, usableBy(ctx))),
  );
  return row?.scopes ?? [];
}
