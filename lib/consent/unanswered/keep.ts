import { and, eq, gt, inArray, isNotNull, isNull, lt, not, or, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { connections, consentAttempts, consentFailures } from '@/db/schema';
import { AppError } from '@/lib/errors';
import { makeFault } from '@/lib/salesforce/fault';
import { ERROR_PAGE_TEXTS, type Seen } from '@/lib/salesforce/oauth/refusals/error-page';

const NEXT_STEP = 'Start again, and if Salesforce shows an error, choose it on the home page.';

const MESSAGES: Partial<Record<Seen, string>> = {
  closed: 'The page at Salesforce was closed before the consent was finished.',
  login_refused: 'Salesforce refused the login, so the consent was not finished.',
  other: 'Salesforce showed another error, and the consent did not come back.',
};

/** The failure of a consent that never came back, with what its person saw at Salesforce; null: nobody said. */
export function neverCameBack(seen: Seen | null): AppError {
  const text = ERROR_PAGE_TEXTS.find(({ id }) => id === seen);
  const message =
    (seen && MESSAGES[seen]) ??
    (text
      ? 'Salesforce showed an error on its own page, and the consent did not come back.'
      : 'Salesforce never sent this consent back.');
  return new AppError('CONSENT_NEVER_CAME_BACK', message, {
    nextStep: NEXT_STEP,
    ...(text ? { salesforce: makeFault({ ...text, status: null }) } : {}),
  });
}

/**
 * Forgets attempts that expired a day ago, nobody's after an hour. Those that asked Salesforce and were not overtaken
 * by another tab stay as failures for their person and browser. One statement: whoever takes an attempt away, another
 * replica or its person, is the only one who keeps it. Exempt from audit: no act of anybody.
 */
export async function keepUnanswered(tx: Tx): Promise<void> {
  const { expiresAt, personId, intent } = consentAttempts;
  const due = or(
    lt(expiresAt, sql`orgdock.now() - interval '1 day'`),
    and(isNull(personId), lt(expiresAt, sql`orgdock.now() - interval '1 hour'`)),
  );
  const kept = and(inArray(intent, ['connect', 'sign_in']), not(overtaken(tx)));
  const { code, message, nextStep } = neverCameBack(null);
  await tx.execute(sql`
    WITH gone AS (DELETE FROM ${consentAttempts} WHERE ${due} RETURNING ${consentAttempts}.*, ${kept} AS kept)
    INSERT INTO ${consentFailures}
      (browser_hash, person_id, environment_id, intent, code, message, next_step, created_at)
    SELECT browser_hash, person_id, environment_id, intent, ${code}, ${message}, ${nextStep}, expires_at
      FROM gone WHERE kept`);
}

/** SQL: the environment gave this person a grant after the attempt began. */
export function overtaken(tx: Tx): SQL {
  const later = tx
    .select({ one: sql`1` })
    .from(connections)
    .where(
      and(
        isNotNull(consentAttempts.personId),
        eq(connections.environmentId, consentAttempts.environmentId),
        eq(connections.ownerId, consentAttempts.personId),
        eq(connections.purpose, consentAttempts.purpose),
        gt(connections.retrievedAt, consentAttempts.createdAt),
      ),
    );
  return sql`EXISTS ${later}`;
}
