import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { approvalRequests, environments, people } from '@/db/schema';
import type { PersonContext } from '@/lib/context';
import { assertCustodian, notDeleted, summaryColumns } from '@/lib/environments/queries';
import { approvalColumns, isoInstants } from '@/lib/provisioning/approval/columns';
import type { OwnApproval, WaitingApproval } from '@/lib/provisioning/approval/types';

const MOST = 50;

/** An expired link that nobody has renewed for a month is of no use to anybody. */
const standing = and(
  isNull(approvalRequests.endedAt),
  sql`${approvalRequests.expiresAt} > orgdock.now() - interval '30 days'`,
);

/** My requests that have not ended, the newest first. */
export async function listOwnApprovals(ctx: PersonContext): Promise<OwnApproval[]> {
  const rows = await withActor(ctx, (tx) =>
    tx
      .select({ ...approvalColumns, environment: summaryColumns })
      .from(approvalRequests)
      .innerJoin(environments, eq(environments.id, approvalRequests.environmentId))
      // Administrators may see everybody's.
      .where(and(eq(approvalRequests.personId, ctx.personId), standing, notDeleted))
      .orderBy(desc(approvalRequests.createdAt), desc(approvalRequests.id))
      .limit(MOST),
  );
  return rows.map((row) => ({ ...row, ...isoInstants(row) }));
}

/** Who waits for the Salesforce administrator of an environment, the newest first. Throws FORBIDDEN. */
export async function listWaitingApprovals(ctx: PersonContext, slug: string): Promise<WaitingApproval[]> {
  assertCustodian(ctx);
  const rows = await withActor(ctx, (tx) =>
    tx
      .select({
        ...approvalColumns,
        askedBy: people.displayName,
        salesforceError: approvalRequests.salesforceError,
      })
      .from(approvalRequests)
      .innerJoin(environments, eq(environments.id, approvalRequests.environmentId))
      .innerJoin(people, eq(people.id, approvalRequests.personId))
      .where(and(eq(environments.slug, slug), standing))
      .orderBy(desc(approvalRequests.createdAt), desc(approvalRequests.id))
      .limit(MOST),
  );
  return rows.map((row) => ({ ...row, ...isoInstants(row) }));
}
