import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { strayGrants } from '@/db/schema/connections';
import { appendAudit } from '@/lib/audit/append';
import { revocationContext } from '@/lib/connections/revocation/close-unsent';
import { finishRevokeAttempt, isNews, nextTryAfter } from '@/lib/connections/revocation/record';
import type { RevocationResult } from '@/lib/connections/revocation/revoke-and-verify';
import {
  NO_FENCE,
  queueStray,
  type StrayClaim,
  type StrayGrant,
  type StrayTrigger,
} from '@/lib/connections/revocation/stray/queue-stray';

/** Writes down what the revocation of a stray grant came to. The token goes when it ends. Safe to repeat. */
export async function recordStray(claim: StrayClaim, result: RevocationResult): Promise<void> {
  await withSystem('revocation result', (tx) => writeDown(tx, claim, result));
}

/**
 * Writes down the end of a grant that could not be queued before it was revoked; what is not confirmed is queued
 * now. Safe to repeat.
 */
export async function recordUnqueued(
  strayId: string,
  grant: StrayGrant,
  trigger: StrayTrigger,
  result: RevocationResult,
): Promise<void> {
  await withSystem('revocation result', async (tx) => {
    const claim = result.confirmed ? null : await queueStray(tx, strayId, grant, trigger);
    if (claim) await writeDown(tx, claim, result);
    else await auditStray(tx, { ...grant, strayId: null, last: false }, result);
  });
}

async function writeDown(tx: Tx, claim: StrayClaim, result: RevocationResult): Promise<void> {
  const { strayId, tries, last, attemptId } = claim;
  const { confirmed, fault } = result;
  const ended = confirmed || last;
  const [row] = await tx
    .update(strayGrants)
    .set({
      leaseUntil: null,
      error: fault?.error ?? null,
      errorDescription: fault?.description ?? null,
      httpStatus: fault?.status ?? null,
      ...(ended
        ? { finishedAt: databaseNow, outcome: confirmed ? 'confirmed' : 'gave_up', token: null }
        : { nextAt: nextTryAfter(tries) }),
    })
    .where(
      and(
        eq(strayGrants.id, strayId),
        isNull(strayGrants.finishedAt),
        isNotNull(strayGrants.leaseUntil),
        eq(strayGrants.tries, tries),
      ),
    )
    .returning({ id: strayGrants.id });
  if (attemptId !== null) await finishRevokeAttempt(tx, { ...claim, attemptId, fence: NO_FENCE }, result);
  if (row && isNews(claim, result)) await auditStray(tx, claim, result);
}

async function auditStray(
  tx: Tx,
  grant: Pick<StrayClaim, 'connectionId' | 'grantId' | 'generation' | 'why' | 'last'> & {
    strayId: string | null;
  },
  { confirmed, fault, proof }: RevocationResult,
): Promise<void> {
  const { connectionId, grantId, generation, why, last, strayId } = grant;
  await appendAudit(tx, revocationContext, {
    action: 'token.revoke',
    subjectId: connectionId,
    outcome: confirmed ? 'done' : 'failed',
    details: {
      grantId,
      generation,
      why,
      ...(strayId === null ? {} : { strayId }),
      ...(proof ? { verified: proof } : {}),
      ...(last && !confirmed ? { gaveUp: true } : {}),
      ...fault,
    },
  });
}
