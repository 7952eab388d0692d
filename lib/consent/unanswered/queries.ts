import { and, count, desc, eq, gt, inArray, max, min, not, sql } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { consentAttempts, consentFailures } from '@/db/schema';
import { neverCameBack, overtaken } from '@/lib/consent/unanswered/keep';
import type { PersonContext } from '@/lib/context';
import { assertCustodian } from '@/lib/environments/queries';
import type { ErrorCode, Problem } from '@/lib/errors';

/** Consents that failed alike, without whose they were. */
export interface FailureGroup {
  /** Our own message only of codes whose words speak of hosts and pages, else empty; usernames are left out. */
  problem: Pick<Problem, 'code' | 'message' | 'salesforce'>;
  count: number;
  /** ISO instants. */
  first: string;
  last: string;
}

const MOST_GROUPS = 12;

/** SQL: our words where the cause is read from them. Those of other codes say who it was, and so are all different. */
const words = sql<string>`CASE WHEN ${consentFailures.code} IN
  ('HOST_NOT_ALLOWED', 'HOST_UNREACHABLE', 'HOST_UNRESOLVABLE', 'TIMEOUT', 'CONSENT_NEVER_CAME_BACK')
  THEN ${consentFailures.message} ELSE '' END`;

/** SQL: Salesforce's words; its usernames have the form of an e-mail address. */
const description = sql<string | null>`regexp_replace(${consentFailures.salesforceDescription},
  '[^[:space:]@]+@[^[:space:]@]+', '(a user)', 'g')`;

/**
 * How consents of an environment failed within the last week, for administrators and auditors: counts, Salesforce's
 * words and times, no names. Those that are open and have expired count as never come back. Throws FORBIDDEN.
 */
export async function listFailureGroups(ctx: PersonContext, environmentId: string): Promise<FailureGroup[]> {
  assertCustodian(ctx);
  const { code, salesforceError, salesforceStatus, createdAt } = consentFailures;
  return await withSystem('failures of an environment', async (tx) => {
    const rows = await tx
      .select({
        code,
        words,
        salesforceError,
        description,
        salesforceStatus,
        count: count(),
        first: min(createdAt),
        last: max(createdAt),
      })
      .from(consentFailures)
      .where(
        and(
          eq(consentFailures.environmentId, environmentId),
          gt(createdAt, sql`orgdock.now() - interval '7 days'`),
        ),
      )
      .groupBy(code, words, salesforceError, description, salesforceStatus)
      .orderBy(desc(max(createdAt)))
      .limit(MOST_GROUPS);
    const [open] = await tx
      .select({ count: count(), first: min(consentAttempts.expiresAt), last: max(consentAttempts.expiresAt) })
      .from(consentAttempts)
      .where(
        and(
          eq(consentAttempts.environmentId, environmentId),
          sql`${consentAttempts.expiresAt} <= orgdock.now()`,
          inArray(consentAttempts.intent, ['connect', 'sign_in']),
          not(overtaken(tx)),
        ),
      );
    const unanswered = neverCameBack(null);
    return [
      ...(open?.first && open.last
        ? [
            {
              problem: { code: unanswered.code, message: unanswered.message, salesforce: null },
              count: open.count,
              first: open.first.toISOString(),
              last: open.last.toISOString(),
            },
          ]
        : []),
      ...rows.map((row) => ({
        problem: {
          code: row.code as ErrorCode,
          message: row.words,
          salesforce:
            row.salesforceError === null
              ? null
              : {
                  error: row.salesforceError,
                  description: row.description,
                  status: row.salesforceStatus,
                },
        },
        count: row.count,
        first: (row.first ?? new Date(0)).toISOString(),
        last: (row.last ?? new Date(0)).toISOString(),
      })),
    ];
  });
}
