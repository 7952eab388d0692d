import { and, eq, isNotNull, lte, sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { environments } from '@/db/schema/environments';
import { connectionError } from '@/lib/connections/problem';
import { refreshPolicy } from '@/lib/connections/refresh/policy';
import type { AppError, ErrorCode } from '@/lib/errors';

/** SQL: Salesforce has refused the app since it was configured as it is. */
const isOpen = sql<boolean>`coalesce(${environments.appFaultAt} >= ${environments.updatedAt}, false)`;

/** What a query of connections joined with environments reads of the breaker. */
export const breakerColumns = {
  isOpen,
  isPaused: sql<boolean>`${isOpen} AND ${environments.appPausedUntil} > orgdock.now()`,
  code: environments.appFaultCode,
  error: environments.appFaultError,
  description: environments.appFaultDescription,
  status: environments.appFaultStatus,
};

type Breaker = {
  isOpen: boolean;
  isPaused: boolean;
  code: string | null;
  error: string | null;
  description: string | null;
  status: number | null;
};

/**
 * Throws Salesforce's refusal of the app while the breaker is open, so that one wrong secret does not cost every
 * user a try, in any process. When its pause is over, one caller may try and the others go on being told.
 */
export async function assertAppAccepted(environmentId: string, breaker: Breaker): Promise<void> {
  if (!breaker.isOpen) return;
  if (breaker.isPaused || !(await takeProbe(environmentId))) throw refusalOf(breaker);
}

/** Stops the refreshes of a whole environment for a while, in the transaction that records the refusal. */
export async function openBreaker(
  tx: Tx,
  environmentId: string,
  { code, salesforce }: AppError,
): Promise<void> {
  await tx
    .update(environments)
    .set({
      appPausedUntil: pauseEnd(),
      appFaultCode: code,
      appFaultError: salesforce?.error ?? null,
      appFaultDescription: salesforce?.description ?? null,
      appFaultStatus: salesforce?.status ?? null,
      appFaultAt: databaseNow,
    })
    .where(eq(environments.id, environmentId));
}

/** Salesforce has accepted the app. */
export async function closeBreaker(tx: Tx, environmentId: string): Promise<void> {
  await tx
    .update(environments)
    .set({
      appPausedUntil: null,
      appFaultCode: null,
      appFaultError: null,
      appFaultDescription: null,
      appFaultStatus: null,
      appFaultAt: null,
    })
    .where(and(eq(environments.id, environmentId), isNotNull(environments.appFaultAt)));
}

async function takeProbe(environmentId: string): Promise<boolean> {
  const rows = await withSystem('app probe', (tx) =>
    tx
      .update(environments)
      .set({ appPausedUntil: pauseEnd() })
      .where(and(eq(environments.id, environmentId), lte(environments.appPausedUntil, databaseNow)))
      .returning({ id: environments.id }),
  );
  return rows.length > 0;
}

const pauseEnd = () => sql`orgdock.now() + ${refreshPolicy().appPauseMs} * interval '1 millisecond'`;

function refusalOf({ code, error, description, status }: Breaker): AppError {
  const salesforce = error === null ? null : { error, description, status };
  return connectionError((code ?? 'SALESFORCE_REFUSED') as ErrorCode, salesforce);
}
