import { eq, type SQL } from 'drizzle-orm';
import { connections } from '@/db/schema';
import { isCommonLoginHost } from '@/lib/egress/hosts';
import { AppError } from '@/lib/errors';

/** An environment whose org is asked for. */
export interface OrgTarget {
  origin: string;
  expectedOrgId: string | null;
}

/**
 * SQL: a grant of the org that the environment is pinned to, or of the org whose own address it has. The host that gave
 * a grant does not count: at a common login host it gives those of every org.
 */
export function inOrgOf({ origin, expectedOrgId }: OrgTarget): SQL {
  return expectedOrgId === null ? eq(connections.instanceUrl, origin) : eq(connections.orgId, expectedOrgId);
}

/** As `inOrgOf`, for a grant that was read. */
export function isInOrgOf(
  { origin, expectedOrgId }: OrgTarget,
  grant: { orgId: string; instanceUrl: string },
): boolean {
  return expectedOrgId === null ? grant.instanceUrl === origin : grant.orgId === expectedOrgId;
}

/** Throws CONFLICT when nothing says yet which org an environment is for. */
export function assertOrgKnown({ origin, expectedOrgId }: OrgTarget): void {
  if (expectedOrgId !== null || !isCommonLoginHost(origin)) return;
  throw new AppError(
    'CONFLICT',
    `Every org logs in at ${new URL(origin).host}, so which one this is is not known.`,
    {
      nextStep: 'Connect once or pin the org first, on the environment’s page.',
    },
  );
}
