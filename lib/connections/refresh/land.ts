import { and, eq, lte, sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connectionSecrets, connections, refreshAttempts } from '@/db/schema/connections';
import { appendAudit } from '@/lib/audit/append';
import { closeBreaker } from '@/lib/connections/breaker/app-breaker';
import { causeColumns, diagnose } from '@/lib/connections/cause/diagnose';
import { eventsOf, landingFacts } from '@/lib/connections/cause/landing-events';
import { noProblem } from '@/lib/connections/problem';
import type { Spend } from '@/lib/connections/refresh/claim';
import { noLease } from '@/lib/connections/refresh/lease';
import { retirePreviousSecret } from '@/lib/environments/secret/retire-previous-secret';
import type { ErrorCode, Problem } from '@/lib/errors';
import type { TokenAnswer } from '@/lib/salesforce/types';
import { seal } from '@/lib/vault/seal';

/**
 * What became of a success. `stored`: the row holds the new pair as `generation`. `foreign`: the row belongs to
 * another grant by now, or is gone. `outdated`: the same grant moved on without this answer.
 */
export type Landing =
  | { kind: 'stored'; generation: number; disconnecting: boolean }
  | { kind: 'foreign' }
  | { kind: 'outdated' };

/** A success of the token endpoint. */
export interface RefreshSuccess {
  answer: TokenAnswer;
  distrust: Problem | null;
  /** Goes on when Salesforce sent no new refresh token. Null: a flow without refresh tokens. */
  spentToken: string | null;
  /** The app's present secret, sealed, when Salesforce took that: the one before is of no use any more. */
  acceptedSecret?: string | null;
}

/**
 * Stores a new token pair. Only grant and generation guard it, not fence or state: just one spend of a
 * generation can succeed, so its answer is right however late it comes, and heals `uncertain`. Safe to repeat.
 * A row with a lower generation is one of a restored database: the answer is newer than all that it knows.
 */
export function landSuccess(spend: Spend, success: RefreshSuccess): Promise<Landing> {
  const { answer, distrust } = success;
  return withSystem('refresh answer', async (tx) => {
    const problem = distrust ? await problemOfAnswer(tx, spend, answer, distrust) : noProblem;
    const [row] = await tx
      .update(connections)
      .set({
        generation: spend.storesAs,
        // A disconnect that came meanwhile stays one: whoever lands the answer revokes it.
        state: sql`CASE WHEN ${connections.state} IN ('disconnecting', 'disconnected') THEN 'disconnecting'
                   ELSE ${distrust ? 'needs_reconnect' : 'idle'} END::orgdock.connection_state`,
        ...noLease,
        uncertainSince: null,
        settleOwner: null,
        settleUntil: null,
        // In a restored database something later may have been spent yet.
        verifyFirst: sql`CASE WHEN ${connections.generation} < ${spend.generation} THEN 'generation' END`,
        retrievedAt: databaseNow,
        ...problem,
        ...(distrust ? {} : { instanceUrl: answer.instanceUrl }),
      })
      .where(
        and(
          eq(connections.id, spend.connectionId),
          eq(connections.grantId, spend.grantId),
          lte(connections.generation, spend.generation),
        ),
      )
      .returning({
        generation: connections.generation,
        state: connections.state,
        ...landingFacts(spend.attemptId),
      });
    if (!row) return await readWhatHappened(tx, spend);
    await storePair(tx, spend, success);
    await closeAttempt(tx, spend.attemptId, 'landed');
    // A service connection's signed assertion says nothing of the secret that the app is refused for.
    const { spentToken, acceptedSecret = null } = success;
    if (spentToken !== null || acceptedSecret !== null) await closeBreaker(tx, spend.environmentId);
    if (acceptedSecret !== null) {
      await retirePreviousSecret(tx, { ...spend, sealedSecret: acceptedSecret });
    }
    await appendAudit(
      tx,
      { kind: 'system', reason: 'token refresh', request: null },
      {
        action: 'token.refresh',
        subjectId: spend.connectionId,
        details: {
          grantId: spend.grantId,
          generation: row.generation,
          attemptId: spend.attemptId,
          result: distrust ? `stored, not used: ${distrust.code}` : 'stored',
          ...(success.spentToken === null ? {} : { rotated: answer.refreshToken !== null }),
          ...eventsOf(row),
        },
      },
    );
    return { kind: 'stored', generation: row.generation, disconnecting: row.state === 'disconnecting' };
  });
}

/** A commit whose acknowledgement was lost is found here, when the landing is repeated. */
async function readWhatHappened(tx: Tx, spend: Spend): Promise<Landing> {
  const [row] = await tx
    .select({
      grantId: connections.grantId,
      state: connections.state,
      outcome: refreshAttempts.outcome,
    })
    .from(connections)
    .leftJoin(refreshAttempts, eq(refreshAttempts.id, spend.attemptId))
    .where(eq(connections.id, spend.connectionId));
  if (row?.outcome === 'landed') {
    return { kind: 'stored', generation: spend.storesAs, disconnecting: row.state === 'disconnecting' };
  }
  if (row?.grantId === spend.grantId) return { kind: 'outdated' };
  await closeAttempt(tx, spend.attemptId, 'late');
  return { kind: 'foreign' };
}

async function storePair(tx: Tx, spend: Spend, { answer, spentToken }: RefreshSuccess): Promise<void> {
  const rowId = spend.connectionId;
  const accessToken = await seal(answer.accessToken, {
    table: 'connection_secrets',
    column: 'access_token',
    rowId,
  });
  // Without rotation Salesforce sends no new refresh token, and the old one goes on.
  const next = answer.refreshToken ?? spentToken;
  const refreshToken =
    next === null ? null : await seal(next, { table: 'connection_secrets', column: 'refresh_token', rowId });
  await tx
    .insert(connectionSecrets)
    .values({ connectionId: rowId, accessToken, refreshToken })
    .onConflictDoUpdate({ target: connectionSecrets.connectionId, set: { accessToken, refreshToken } });
}

/** A success overrules what was thought of the attempt before. */
async function closeAttempt(tx: Tx, attemptId: string, outcome: 'landed' | 'late'): Promise<void> {
  await tx
    .update(refreshAttempts)
    .set({ outcome, httpStatus: 200, finishedAt: databaseNow, error: null, errorDescription: null })
    .where(eq(refreshAttempts.id, attemptId));
}

async function problemOfAnswer(tx: Tx, spend: Spend, answer: TokenAnswer, { code, salesforce }: Problem) {
  const { connectionId, attemptId } = spend;
  const refusal = { connectionId, attemptId, code: code as ErrorCode, fault: salesforce, answer };
  return {
    ...causeColumns(await diagnose(tx, refusal)),
    problemCode: code,
    problemError: salesforce?.error ?? null,
    problemDescription: salesforce?.description ?? null,
    problemStatus: salesforce?.status ?? null,
    problemAt: databaseNow,
  };
}
