import { and, eq, sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connections } from '@/db/schema/connections';
import { appendAudit } from '@/lib/audit/append';
import { causeColumns, diagnose } from '@/lib/connections/cause/diagnose';
import { connectionError, noProblem } from '@/lib/connections/problem';
import { type Claim, noLongerUnknown } from '@/lib/connections/refresh/claim';
import { finishAttempt } from '@/lib/connections/refresh/finish-attempt';
import { AppError, type ErrorCode, type SalesforceFault } from '@/lib/errors';

/** A spend that brought no new token pair. `unsent` and `retry_later` say nothing about the grant. */
export type Failure =
  | { kind: 'unsent'; error: AppError }
  | { kind: 'retry_later' | 'refused' | 'app_fault' | 'uncertain'; fault: SalesforceFault };

/** The states that a failure leaves behind; only some are worth a problem on the connection's page. */
const STATE_AFTER = {
  unsent: 'idle',
  retry_later: 'idle',
  app_fault: 'idle',
  refused: 'needs_reconnect',
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
  return failure.kind === 'uncertain'
    ? 'GRANT_OUTCOME_UNKNOWN'
    : connectionError('GRANT_ENDED', failure.fault).code;
}

/**
 * What writing down a failure found: a `disconnecting` row is to be revoked by the holder; `foreign` belongs to
 * another grant by now, or is gone; `outdated` has moved on.
 */
export type FailureRecord = 'recorded' | 'disconnecting' | 'foreign' | 'outdated';

/**
 * Writes down a failure. Fence and grant guard it: it may not overwrite what came after this claim. A disconnect
 * that came meanwhile stays. Safe to repeat.
 */
export function recordFailure(claim: Claim, failure: Failure): Promise<FailureRecord> {
  const fault = failure.kind === 'unsent' ? null : failure.fault;
  return withSystem('refresh failure', async (tx) => {
    const first = await finishAttempt(tx, claim.attemptId, {
      outcome: failure.kind,
      httpStatus: fault?.status ?? null,
      error: fault?.error ?? (failure.kind === 'unsent' ? failure.error.code : null),
      errorDescription: fault?.description ?? null,
    });
    const row = first ? await setStateAfter(tx, claim, failure) : null;
    if (!row) return await readRecord(tx, claim, first);
    if (fault && failure.kind !== 'retry_later') {
      await appendAudit(
        tx,
        { kind: 'system', reason: 'token refresh', request: null },
        {
          action: 'token.refresh',
          subjectId: claim.connectionId,
          outcome: 'failed',
          details: {
            grantId: claim.grantId,
            generation: claim.generation,
            attemptId: claim.attemptId,
            result: failure.kind,
            ...fault,
          },
        },
      );
    }
    return row.state === 'disconnecting' ? 'disconnecting' : 'recorded';
  });
}

async function setStateAfter(tx: Tx, claim: Claim, failure: Failure) {
  const [row] = await tx
    .update(connections)
    .set({
      state: sql`CASE WHEN ${connections.state} IN ('disconnecting', 'disconnected') THEN ${connections.state}
                 ELSE ${STATE_AFTER[failure.kind]}::orgdock.connection_state END`,
      leaseOwner: null,
      leaseUntil: null,
      ...problemColumns(failure),
      ...(await readCause(tx, claim, failure)),
    })
    .where(
      and(
        eq(connections.id, claim.connectionId),
        eq(connections.grantId, claim.grantId),
        eq(connections.generation, claim.generation),
        eq(connections.fence, claim.fence),
      ),
    )
    .returning({ state: connections.state });
  return row;
}

/** Only an end has a cause: an outcome that nobody knows yet may turn out to be none. */
async function readCause(tx: Tx, claim: Claim, failure: Failure) {
  if (failure.kind !== 'refused' && failure.kind !== 'app_fault') return {};
  const { connectionId, attemptId } = claim;
  const { fault } = failure;
  return causeColumns(
    await diagnose(tx, { connectionId, attemptId, code: codeOf(failure), fault, answer: null }),
  );
}

/** What the row says when it was not written now: by an earlier commit that was not heard of, or not ours any more. */
async function readRecord(tx: Tx, claim: Claim, first: boolean): Promise<FailureRecord> {
  const [row] = await tx
    .select({ grantId: connections.grantId, state: connections.state })
    .from(connections)
    .where(eq(connections.id, claim.connectionId));
  if (row?.grantId !== claim.grantId) return 'foreign';
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
  };
}
