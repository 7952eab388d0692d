import { and, gt, isNull, sql } from 'drizzle-orm';
import { approvalRequests, databaseNow } from '@/db/schema';
import type { OwnApproval } from '@/lib/provisioning/approval/types';

/** SQL: the link of the request opens a page. */
export const linkWorks = and(isNull(approvalRequests.endedAt), gt(approvalRequests.expiresAt, databaseNow));

/** What every list of requests shows. */
export const approvalColumns = {
  id: approvalRequests.id,
  createdAt: approvalRequests.createdAt,
  expiresAt: approvalRequests.expiresAt,
  openedAt: approvalRequests.openedAt,
  doneAt: approvalRequests.doneAt,
  doneBy: approvalRequests.doneBy,
  doneNote: approvalRequests.doneNote,
  state: sql<OwnApproval['state']>`CASE
    WHEN ${approvalRequests.doneAt} IS NOT NULL THEN 'done'
    WHEN ${approvalRequests.expiresAt} <= orgdock.now() THEN 'expired' ELSE 'waiting' END`,
};

type Instants = Record<'createdAt' | 'expiresAt', Date> & Record<'openedAt' | 'doneAt', Date | null>;

/** The instants of a row as ISO texts. */
export function isoInstants({ createdAt, expiresAt, openedAt, doneAt }: Instants) {
  return {
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    openedAt: openedAt?.toISOString() ?? null,
    doneAt: doneAt?.toISOString() ?? null,
  };
}
