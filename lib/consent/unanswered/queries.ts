import { and, count, desc, eq, gt, inArray, max, min, not, sql } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { consentAttempts, consentFailures } from '@/db/schema';
import { neverCameBack, overtaken } from '@/lib/consent/unanswered/keep';
import type { PersonContext } from '@/lib/context';
import { assertCustodian } from '@/lib/environments/queries';
import type { ErrorCode, Problem } from '@/lib/errors';

/** Consents that failed alike, without whose they were. */
export interface FailureGroup {
  problem: Problem;
  count: number;
  /** ISO instants. */
  first: string;
  last: string;
}

const MOST_GROUPS = 12;

/**
 * How consents of an environment failed within the last week, for administrators and auditors: counts, Salesforce's
 * words and times, no names. Those that are open and have expired count as never come back. Throws FORBIDDEN.
 */
export async function listFailureGroups(ctx: PersonContext, environmentId: string): Promise<FailureGroup[]> {
  assertCustodian(ctx);
  const { code, message, salesforceError, salesforceDescription, salesforceStatus, createdAt } =
    consentFailures;
  return await withSystem('failures of an environment', async (tx) => {
    const rows = await tx
      .select({
        code,
        message,
        nextStep: max(consentFailures.nextStep),
        salesforceError,
        salesforceDescription,
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
      .groupBy(code, message, salesforceError, salesforceDescription, salesforceStatus)
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
              problem: { ...plain(unanswered.code, unanswered.message), nextStep: unanswered.nextStep },
              count: open.count,
              first: open.first.toISOString(),
              last: open.last.toISOString(),
            },
          ]
        : []),
      ...rows.map((row) => ({
        problem: {
          ...plain(row.code as ErrorCode, row.message),
          nextStep: row.nextStep,
          salesforce:
            row.salesforceError === null
              ? null
              : {
                  error: row.salesforceError,
                  description: row.salesforceDescription,
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

function plain(code: ErrorCode, message: string): Problem {
  return { code, message, nextStep: null, salesforce: null, details: {} };
}
