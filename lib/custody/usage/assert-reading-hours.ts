import { eq, sql } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { environments } from '@/db/schema/environments';
import type { AuthorisedConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { isOutsideHours, opensAt } from '@/lib/custody/usage/reading-hours';
import { AppError } from '@/lib/errors';
import { formatDateTime } from '@/lib/format/dates';
import { knownTimeZone, salesforceLocaleToBcp47 } from '@/lib/format/locale';

/** What an environment says about reading, besides its hours. */
export interface ReadingTerms {
  /** Share of the org's daily API calls that is left to other jobs; 0: none. */
  apiReservePercent: number;
}

/**
 * Refuses reading outside of the hours of an environment that says so; where it only raises an alert, `countRows` does.
 * Every reader of records asks before it loads any. Throws ENVIRONMENT_CLOSED with when it opens, in the reader's zone.
 */
export async function assertReadingHours(
  ctx: PersonContext,
  connection: Pick<AuthorisedConnection, 'environment' | 'locale' | 'timeZone'>,
): Promise<ReadingTerms> {
  const { id, name } = connection.environment;
  const [row] = await withActor(ctx, (tx) =>
    tx
      .select({
        hours: environments.readingHours,
        outside: environments.outsideHours,
        apiReservePercent: environments.apiReservePercent,
        now: sql`orgdock.now()`.mapWith(environments.createdAt),
      })
      .from(environments)
      .where(eq(environments.id, id)),
  );
  if (!row?.hours || row.outside !== 'refuse' || !isOutsideHours(row.hours, row.now)) {
    return { apiReservePercent: row?.apiReservePercent ?? 0 };
  }
  const timeZone = knownTimeZone(ctx.timeZone ?? connection.timeZone);
  const locale = salesforceLocaleToBcp47(ctx.locale ?? connection.locale);
  const opens = opensAt(row.hours, row.now);
  throw new AppError('ENVIRONMENT_CLOSED', `${name} is closed for reading now.`, {
    nextStep: `It opens again on ${formatDateTime(opens.toISOString(), { locale, timeZone })} (${timeZone}).`,
    details: { opensAt: opens.toISOString() },
  });
}
