import { asc, eq, isNull } from 'drizzle-orm';
import { type Tx, withActor, withCustody, withSystem } from '@/db/client';
import { connections, strayGrants } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { people } from '@/db/schema/people';
import { appendAudit } from '@/lib/audit/append';
import { addEvents, readAttempts } from '@/lib/connections/custody/read-attempts';
import { toForecast } from '@/lib/connections/custody/to-forecast';
import { isConnectionId, requireConnection, selectDetail, toDetail } from '@/lib/connections/queries';
import { listWaitingAnswers } from '@/lib/connections/spool/queries';
import type { AttemptPage, GrantCustody, StrayGrant, WaitingAnswer } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { summaryColumns } from '@/lib/environments/queries';
import { assertRole, CUSTODIANS } from '@/lib/people/assert-role';

/** The attempts of one's own connection; `olderThan` pages back. Throws NOT_FOUND. */
export async function listAttempts(
  ctx: PersonContext,
  id: string,
  olderThan: string | null,
): Promise<AttemptPage> {
  const connection = await requireConnection(ctx, id);
  const page = await withActor(ctx, (tx) => readAttempts(tx, connection.id, olderThan));
  // The audit log is not for members; what it says of these very attempts is.
  return await withSystem('own attempts', (tx) => addEvents(tx, connection.id, page));
}

/**
 * The custody facts and attempts of anybody's grant, for administrators and auditors; null when there is none. Looking
 * at somebody else's is audited in the same transaction. Throws FORBIDDEN.
 */
export async function viewCustody(
  ctx: PersonContext,
  id: string,
  olderThan: string | null,
): Promise<(GrantCustody & { attempts: AttemptPage }) | null> {
  assertRole(ctx, CUSTODIANS, 'see the grants of others');
  if (!isConnectionId(id)) return null;
  return await withCustody(ctx, async (tx) => {
    const [row] = await selectDetail(tx).where(eq(connections.id, id));
    if (!row) return null;
    const { ownerId, name, lastUsedBy } = row.connection;
    if (ownerId !== ctx.personId) {
      await appendAudit(tx, ctx, { action: 'custody.view', subjectId: id, details: { ownerId } });
    }
    return {
      connection: toDetail(row),
      owner: await nameOf(tx, ownerId),
      name,
      lastUsedBy: await nameOf(tx, lastUsedBy),
      forecast: toForecast(row.connection, await readLimits(tx, row.environment.id)),
      attempts: await addEvents(tx, id, await readAttempts(tx, id, olderThan)),
    };
  });
}

/** Grants that no connection holds any more and that are still to be revoked, the next one first. Throws FORBIDDEN. */
export async function listStrayGrants(ctx: PersonContext): Promise<StrayGrant[]> {
  assertRole(ctx, CUSTODIANS, 'see what is still to be revoked');
  const rows = await withCustody(ctx, (tx) =>
    tx
      .select({
        id: strayGrants.id,
        environment: summaryColumns,
        orgId: strayGrants.orgId,
        salesforceUserId: strayGrants.salesforceUserId,
        tokenHost: strayGrants.tokenHost,
        why: strayGrants.why,
        createdAt: strayGrants.createdAt,
        nextAt: strayGrants.nextAt,
        tries: strayGrants.tries,
        error: strayGrants.error,
        errorDescription: strayGrants.errorDescription,
        httpStatus: strayGrants.httpStatus,
      })
      .from(strayGrants)
      .innerJoin(environments, eq(environments.id, strayGrants.environmentId))
      .where(isNull(strayGrants.finishedAt))
      .orderBy(asc(strayGrants.nextAt))
      .limit(MOST_STRAYS),
  );
  return rows.map(({ createdAt, nextAt, error, errorDescription, httpStatus, ...row }) => ({
    ...row,
    since: createdAt.toISOString(),
    nextAt: nextAt.toISOString(),
    salesforce: error === null ? null : { error, description: errorDescription, status: httpStatus },
  }));
}

/** Answers in this process's spool that are not stored yet, oldest first. Throws FORBIDDEN. */
export async function listSpooledAnswers(ctx: PersonContext): Promise<WaitingAnswer[]> {
  assertRole(ctx, CUSTODIANS, 'see what waits to be stored');
  return await listWaitingAnswers();
}

/** More than this are one trouble, not many. */
const MOST_STRAYS = 200;

async function nameOf(tx: Tx, personId: string | null): Promise<string | null> {
  if (personId === null) return null;
  const [row] = await tx.select({ name: people.displayName }).from(people).where(eq(people.id, personId));
  return row?.name ?? null;
}

async function readLimits(tx: Tx, environmentId: string) {
  const [row] = await tx
    .select({
      idleLimitDays: environments.idleLimitDays,
      absoluteLimitDays: environments.absoluteLimitDays,
    })
    .from(environments)
    .where(eq(environments.id, environmentId));
  return row ?? { idleLimitDays: null, absoluteLimitDays: null };
}
