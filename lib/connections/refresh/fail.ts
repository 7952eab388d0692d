import { and, eq, sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connections } from '@/db/schema/connections';
import { appendAudit } from '@/lib/audit/append';
import { openBreaker } from '@/lib/connections/breaker/app-breaker';
import { causeColumns, diagnose } from '@/lib/connections/cause/diagnose';
import { connectionError, noProblem } from '@/lib/connections/problem';
import { noLongerUnknown, type Spend } from '@/lib/connections/refresh/claim';
import { finishAttempt } from '@/lib/connections/refresh/finish-attempt';
import { noLease } from '@/lib/connections/refresh/lease';
import { AppError, type ErrorCode, type SalesforceFault } from '@/lib/errors';

/** A spend that brought no new token pair. `unsent` and `retry_later` say nothing about the grant. */
export type Failure =
  | { kind: 'unsent'; error: AppError }
  | { kind: 'retry_later' | 'refused' | 'app_fault' | 'uncertain'; fault: SalesforceFault }
  /** Not sent, because Salesforce says that the token is not active: another copy of the database has spent it. */
  | { kind: 'consumed'; fault: SalesforceFault };

/** The states that a failure leaves behind; only some are worth a problem on the connection's page. */
const STATE_AFTER = {
  unsent: 'idle',
  retry_later: 'idle',
  app_fault: 'idle',
  refused: 'needs_reconnect',
  consumed: 'needs_reconnect',
  uncertain: 'uncertain',
} as const;

/** Whether the refresh token is certainly unspent after this failure, so that it may leave us once more. */
export function leavesTokenCurrent(failure: Failure): boolean {
  return STATE_AFTER[failure.kind] === 'idle';
}

/** The failure as callers get it. */
export function errorOfFailure(failure: Failure): AppError {
  if (failure.kind === 'unsent') return failure.error;
  if (failure.kind !== 'retry_later') return connectionError(codeOf(failure), failure.fault);
  return new AppError('SALESFORCE_UNAVAILABLE', 'Salesforce asked Orgdock to try again later.', {
    nextStep: 'Try again in a minute.',
    salesforce: failure.fault,
  });
}

function codeOf(failure: Exclude<Failure, { kind: 'unsent' }>): ErrorCode {
  if (failure.kind === 'uncertain') return 'GRANT_OUTCOME_UNKNOWN';
  if (failure.kind === 'consumed') return 'GRANT_RESTORED';
  return connectionError('GRANT_ENDED', failure.fault).code;
}

/**
 * What writing down a failure found: a `disconnecting` row is to be revoked by the holder; `foreign` belongs to
 * another grant by now, or is gone; `outdated` has moved on.
 */
export type FailureRecord = 'recorded' | 'disconnecting' | 'foreign' | 'outdated';

/**
 * Writes down a failure. Fence and grant guard it: it may not overwrite what came after this spend. A disconnect
 * that came meanwhile stays. Safe to repeat.
 */
export function recordFailure(spend: Spend, failure: Failure): Promise<FailureRecord> {
  const fault = failure.kind === 'unsent' ? null : failure.fault;
  return withSystem('refresh failure', async (tx) => {
    const first = await finishAttempt(tx, spend.attemptId, {
      outcome: failure.kind === 'consumed' ? 'inactive' : failure.kind,
      httpStatus: fault?.status ?? null,
      error: fault?.error ?? (failure.kind === 'unsent' ? failure.error.code : null),
      errorDescription: fault?.description ?? null,
    });
    const row = first ? await setStateAfter(tx, spend, failure) : null;
    if (!row) return await readRecord(tx, spend, first);
    if (failure.kind === 'app_fault') await openBreaker(tx, spend.environmentId, errorOfFailure(failure));
    if (fault && failure.kind !== 'retry_later') {
      await appendAudit(
        tx,
        { kind: 'system', reason: 'token refresh', request: null },
        {
          action: 'token.refresh',
          subjectId: spend.connectionId,
          outcome: 'failed',
          details: {
            grantId: spend.grantId,
            generation: spend.generation,
            attemptId: spend.attemptId,
            result: failure.kind,
            ...fault,
          },
        },
      );
    }
    return row.state === 'disconnecting' ? 'disconnecting' : 'recorded';
  });
}

async function setStateAfter(tx: Tx, spend: Spend, failure: Failure) {
  const [row] = await tx
    .update(connections)
    .set({
      state: sql`CASE WHEN ${connections.state} IN ('disconnecting', 'disconnected') THEN ${connections.state}
                 ELSE ${STATE_AFTER[failure.kind]}::orgdock.connection_state END`,
      ...noLease,
      // Salesforce has looked at the token itself.
      ...(failure.kind === 'unsent' || failure.kind === 'uncertain' ? {} : { verifyFirst: null }),
      ...problemColumns(failure),
      ...(await readCause(tx, spend, failure)),
    })
    .where(
      and(
        eq(connections.id, spend.connectionId),
        eq(connections.grantId, spend.grantId),
        eq(connections.generation, spend.generation),
        eq(connections.fence, spend.fence),
      ),
    )
    .returning({ state: connections.state });
  return row;
}

/** Only an end has a cause: an outcome that nobody knows yet may turn out to be none. */
async function readCause(tx: Tx, spend: Spend, failure: Failure) {
  if (failure.kind !== 'refused' && failure.kind !== 'app_fault') return {};
  const { connectionId, attemptId } = spend;
  const { fault } = failure;
  return causeColumns(
    await diagnose(tx, { connectionId, attemptId, code: codeOf(failure), fault, answer: null }),
  );
}

/** What the row says when it was not written now: by an earlier commit that was not heard of, or not ours any more. */
async function readRecord(tx: Tx, spend: Spend, first: boolean): Promise<FailureRecord> {
  const [row] = await tx
    .select({ grantId: connections.grantId, state: connections.state })
    .from(connections)
    .where(eq(connections.id, spend.connectionId));
  if (row?.grantId !== spend.grantId) return 'foreign';
  if (row.state === 'disconnecting') return 'disconnecting';
  return first ? 'outdated' : 'recorded';
}

function problemColumns(failure: Failure) {
  if (failure.kind === 'unsent' || failure.kind === 'retry_later') return noLongerUnknown;
  return {
    ...noProblem,
    problemCode: codeOf(failure),
    problemError: failure.fault.error,
    problemDescription: failure.fault.description,
    problemStatus: failure.fault.status,
    problemAt: databaseNow,
    // Sent before now: that is the latest moment.
    uncertainSince: failure.kind === 'uncertain' ? databaseNow : null,
  };
}
