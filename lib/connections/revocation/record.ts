import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connections, refreshAttempts } from '@/db/schema/connections';
import { appendAudit } from '@/lib/audit/append';
import { noProblem } from '@/lib/connections/problem';
import { finishAttempt } from '@/lib/connections/refresh/finish-attempt';
import { leaseOwnerOf, noLease } from '@/lib/connections/refresh/lease';
import type { RevocationClaim } from '@/lib/connections/revocation/claim';
import { deleteSecrets, revocationContext, unconfirmed } from '@/lib/connections/revocation/close-unsent';
import { pauseAfterTries } from '@/lib/connections/revocation/policy';
import type { RevocationResult } from '@/lib/connections/revocation/revoke-and-verify';

/** SQL for the next try, after this many. */
export const nextTryAfter = (tries: number) =>
  sql`orgdock.now() + ${pauseAfterTries(tries)} * interval '1 millisecond'`;

/** Writes down what a revocation came to: the attempt, the connection, the audit row. Safe to repeat. */
export async function recordRevocation(claim: RevocationClaim, result: RevocationResult): Promise<void> {
  const { connectionId, grantId, fence, tries, last } = claim;
  const { confirmed, fault, mayBeSpent = false } = result;
  await withSystem('revocation result', async (tx) => {
    if (!(await finishRevokeAttempt(tx, claim, result))) return;
    const [row] = await tx
      .update(connections)
      .set(
        confirmed
          ? {
              state: 'disconnected',
              revocation: 'confirmed',
              grantId: randomUUID(),
              ...noLease,
              ...noProblem,
            }
          : {
              ...(mayBeSpent ? { state: 'disconnected' as const } : {}),
              revocation: 'unconfirmed',
              revocationNextAt: last || mayBeSpent ? null : nextTryAfter(tries),
              ...noLease,
              ...unconfirmed(fault),
            },
      )
      .where(
        and(
          eq(connections.id, connectionId),
          eq(connections.grantId, grantId),
          eq(connections.fence, fence),
          eq(connections.state, 'disconnecting'),
        ),
      )
      .returning({ id: connections.id });
    if (row && confirmed) await deleteSecrets(tx, connectionId);
    if (isNews(claim, result)) await auditRevocation(tx, claim, result);
  });
}

/** A sweep that hears the same silence again says nothing new; the attempts tell of every try. */
export function isNews(
  { trigger, tries, last }: { trigger: string; tries: number; last: boolean },
  { confirmed }: RevocationResult,
): boolean {
  return confirmed || last || tries === 1 || trigger !== 'retry';
}

type Attempted = Pick<RevocationClaim, 'attemptId' | 'connectionId' | 'grantId' | 'generation' | 'fence'>;

/** Closes the attempt and adds the one of the introspection. False: that was done before. */
export async function finishRevokeAttempt(
  tx: Tx,
  claim: Attempted,
  { confirmed, sent, fault, introspected }: RevocationResult,
): Promise<boolean> {
  const first = await finishAttempt(tx, claim.attemptId, {
    outcome: confirmed ? 'revoked' : sent ? 'uncertain' : 'unsent',
    httpStatus: fault?.status ?? null,
    error: fault?.error ?? null,
    errorDescription: fault?.description ?? null,
  });
  if (first && introspected !== null) {
    const { connectionId, grantId, generation, fence } = claim;
    const id = randomUUID();
    await tx.insert(refreshAttempts).values({
      id,
      connectionId,
      grantId,
      generation,
      fence,
      purpose: 'introspect',
      trigger: 'verify',
      leaseOwner: leaseOwnerOf(id),
      outcome: introspected,
      httpStatus: 200,
      finishedAt: databaseNow,
    });
  }
  return first;
}

async function auditRevocation(
  tx: Tx,
  { connectionId, grantId, generation, attemptId, why, last }: RevocationClaim,
  { confirmed, fault, proof }: RevocationResult,
): Promise<void> {
  await appendAudit(tx, revocationContext, {
    action: 'token.revoke',
    subjectId: connectionId,
    outcome: confirmed ? 'done' : 'failed',
    details: {
      grantId,
      generation,
      attemptId,
      why,
      ...(proof ? { verified: proof } : {}),
      ...(last && !confirmed ? { gaveUp: true } : {}),
      ...fault,
    },
  });
}
