import { and, eq, sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connectionSecrets, connections, refreshAttempts } from '@/db/schema/connections';
import { appendAudit } from '@/lib/audit/append';
import { causeColumns, diagnose } from '@/lib/connections/cause/diagnose';
import { eventsOf, landingFacts } from '@/lib/connections/cause/landing-events';
import { noProblem } from '@/lib/connections/problem';
import type { Claim } from '@/lib/connections/refresh/claim';
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

/**
 * Stores a new token pair. Only grant and generation guard it, not fence or state: just one spend of a
 * generation can succeed, so its answer is right however late it comes, and heals `uncertain`. Safe to repeat.
 */
export function landSuccess(claim: Claim, answer: TokenAnswer, distrust: Problem | null): Promise<Landing> {
  return withSystem('refresh answer', async (tx) => {
    const problem = distrust ? await problemOfAnswer(tx, claim, answer, distrust) : noProblem;
    const [row] = await tx
      .update(connections)
      .set({
        generation: sql`${connections.generation} + 1`,
        // A disconnect that came meanwhile stays one: whoever lands the answer revokes it.
        state: sql`CASE WHEN ${connections.state} IN ('disconnecting', 'disconnected') THEN 'disconnecting'
                   ELSE ${distrust ? 'needs_reconnect' : 'idle'} END::orgdock.connection_state`,
        leaseOwner: null,
        leaseUntil: null,
        retrievedAt: databaseNow,
        ...problem,
        ...(distrust ? {} : { instanceUrl: answer.instanceUrl }),
      })
      .where(
        and(
          eq(connections.id, claim.connectionId),
          eq(connections.grantId, claim.grantId),
          eq(connections.generation, claim.generation),
        ),
      )
      .returning({
        generation: connections.generation,
        state: connections.state,
        ...landingFacts(claim.attemptId),
      });
    if (!row) return await readWhatHappened(tx, claim);
    await storePair(tx, claim, answer);
    await closeAttempt(tx, claim.attemptId, 'landed');
    await appendAudit(
      tx,
      { kind: 'system', reason: 'token refresh', request: null },
      {
        action: 'token.refresh',
        subjectId: claim.connectionId,
        details: {
          grantId: claim.grantId,
          generation: row.generation,
          attemptId: claim.attemptId,
          result: distrust ? `stored, not used: ${distrust.code}` : 'stored',
          ...eventsOf(row),
        },
      },
    );
    return { kind: 'stored', generation: row.generation, disconnecting: row.state === 'disconnecting' };
  });
}

/** A commit whose acknowledgement was lost is found here, when the landing is repeated. */
async function readWhatHappened(tx: Tx, claim: Claim): Promise<Landing> {
  const [row] = await tx
    .select({
      grantId: connections.grantId,
      generation: connections.generation,
      state: connections.state,
      outcome: refreshAttempts.outcome,
    })
    .from(connections)
    .leftJoin(refreshAttempts, eq(refreshAttempts.id, claim.attemptId))
    .where(eq(connections.id, claim.connectionId));
  const spentInto = claim.generation + 1;
  if (row?.outcome === 'landed') {
    return { kind: 'stored', generation: spentInto, disconnecting: row.state === 'disconnecting' };
  }
  if (row?.grantId === claim.grantId) return { kind: 'outdated' };
  await closeAttempt(tx, claim.attemptId, 'late');
  return { kind: 'foreign' };
}

async function storePair(tx: Tx, claim: Claim, answer: TokenAnswer): Promise<void> {
  const rowId = claim.connectionId;
  const accessToken = await seal(answer.accessToken, {
    table: 'connection_secrets',
    column: 'access_token',
    rowId,
  });
  // Without rotation Salesforce sends no new refresh token, and the old one goes on.
  const refreshToken =
    answer.refreshToken === null
      ? claim.sealedRefreshToken
      : await seal(answer.refreshToken, { table: 'connection_secrets', column: 'refresh_token', rowId });
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

async function problemOfAnswer(tx: Tx, claim: Claim, answer: TokenAnswer, { code, salesforce }: Problem) {
  const { connectionId, attemptId } = claim;
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
