import { randomUUID } from 'node:crypto';
import { and, eq, isNull, lte, or, sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connectionSecrets, connections, refreshAttempts } from '@/db/schema/connections';
import { appendAudit } from '@/lib/audit/append';
import { revokingApp } from '@/lib/connections/app-change';
import { noProblem } from '@/lib/connections/problem';
import { type GrantVersion, readSealedRefreshToken } from '@/lib/connections/refresh/claim';
import { stopwatch } from '@/lib/connections/refresh/clock';
import { finishAttempt } from '@/lib/connections/refresh/finish-attempt';
import { holdLease, type Lease, leaseEnd, leaseOwnerOf, noLease } from '@/lib/connections/refresh/lease';
import { untilStored } from '@/lib/connections/refresh/until-stored';
import { tokenStanding } from '@/lib/connections/revocation/standing';
import { openOAuthApp } from '@/lib/environments/oauth-app';
import { type SalesforceFault, toProblem } from '@/lib/errors';
import { log } from '@/lib/log';
import { holdStop } from '@/lib/registry';
import { makeFault } from '@/lib/salesforce/fault';
import { revokeToken } from '@/lib/salesforce/oauth/revoke';
import type { Revocation, RevokingApp } from '@/lib/salesforce/types';
import { open } from '@/lib/vault/seal';

const systemContext = { kind: 'system', reason: 'revocation', request: null } as const;

/** The right to send one revocation. */
export interface RevocationClaim extends GrantVersion {
  attemptId: string;
  fence: number;
  app: RevokingApp;
  sealedRefreshToken: string;
  lease: Lease;
}

/**
 * Revokes the stored grant of a connection that is being disconnected. Does nothing while somebody else is at it.
 */
export async function finishRevocation(connectionId: string, why: string): Promise<void> {
  const claim = await withSystem('revocation claim', (tx) => claimRevocation(tx, connectionId));
  if (claim) await revokeClaimed(claim, why);
}

/** Sends the revocation of a claim, once its transaction is committed, and writes down what it came to. */
export function revokeClaimed(claim: RevocationClaim, why: string): Promise<void> {
  const rowId = claim.connectionId;
  const work = async () => {
    const result = await attempt(async () => {
      const place = { table: 'connection_secrets', column: 'refresh_token', rowId } as const;
      const token = await open(claim.sealedRefreshToken, place);
      return await revokeToken({ app: claim.app, token, mayStillSend: claim.lease.mayStillSend });
    });
    await untilStored('revocation', () => recordRevocation(claim, result, why)).finally(claim.lease.end);
  };
  return holdStop(work());
}

/**
 * Claims the revocation of a `disconnecting` connection, like the claim of a refresh. Null: somebody else is at
 * it, or there is nothing that may be sent, which the row then says: a token that may be spent stays here.
 */
export async function claimRevocation(tx: Tx, connectionId: string): Promise<RevocationClaim | null> {
  const elapsed = stopwatch();
  const attemptId = randomUUID();
  const [row] = await tx
    .update(connections)
    .set({
      fence: sql`${connections.fence} + 1`,
      revocation: 'pending',
      leaseOwner: leaseOwnerOf(attemptId),
      leaseUntil: leaseEnd(),
    })
    .where(
      and(
        eq(connections.id, connectionId),
        eq(connections.state, 'disconnecting'),
        or(isNull(connections.leaseUntil), lte(connections.leaseUntil, databaseNow)),
      ),
    )
    .returning();
  if (!row) return null;
  const version = { connectionId, grantId: row.grantId, generation: row.generation };
  const standing = await tokenStanding(tx, version);
  if (standing !== 'current') {
    await closeUnsent(tx, version, standing);
    return null;
  }
  await tx.insert(refreshAttempts).values({
    ...version,
    id: attemptId,
    purpose: 'revoke',
    fence: row.fence,
    leaseOwner: leaseOwnerOf(attemptId),
  });
  const app = revokingApp(await openOAuthApp(tx, row.environmentId), row);
  const sealedRefreshToken = await readSealedRefreshToken(tx, connectionId);
  const lease = holdLease({ connectionId, attemptId }, elapsed);
  return { ...version, attemptId, fence: row.fence, app, sealedRefreshToken, lease };
}

/** Ends a disconnect without sending anything: the grant has ended already, or its token may be a spent one. */
async function closeUnsent(tx: Tx, version: GrantVersion, standing: 'ended' | 'unknown'): Promise<void> {
  const ended = standing === 'ended';
  await tx
    .update(connections)
    .set({
      state: 'disconnected',
      revocation: ended ? 'none' : 'unconfirmed',
      leaseOwner: null,
      leaseUntil: null,
      ...(ended ? { ...noProblem, grantId: randomUUID() } : problemColumns(null)),
    })
    .where(eq(connections.id, version.connectionId));
  if (ended) await deleteSecrets(tx, version.connectionId);
}

async function recordRevocation(claim: RevocationClaim, result: Revocation, why: string): Promise<void> {
  const { connectionId, grantId, generation, fence, attemptId } = claim;
  const { confirmed, sent, fault } = result;
  await withSystem('revocation result', async (tx) => {
    const first = await finishAttempt(tx, attemptId, {
      outcome: confirmed ? 'revoked' : sent ? 'uncertain' : 'unsent',
      httpStatus: fault?.status ?? null,
      error: fault?.error ?? null,
      errorDescription: fault?.description ?? null,
    });
    if (!first) return;
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
          : { revocation: 'unconfirmed', ...noLease, ...problemColumns(fault) },
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
    await auditRevocation(tx, { connectionId, grantId, generation, attemptId }, result, why);
  });
}

/**
 * Revokes a token that no row holds any more: superseded by a new consent, refused, or landed too late. One
 * try; the audit log says what it came to. Never throws.
 */
export function revokeStrayToken(
  grant: GrantVersion & { app: RevokingApp },
  token: string,
  why: string,
): Promise<void> {
  const { app, connectionId, grantId, generation } = grant;
  const work = async () => {
    const result = await attempt(() => revokeToken({ app, token }));
    await untilStored('stray token revoked', () =>
      withSystem('revocation result', (tx) =>
        auditRevocation(tx, { connectionId, grantId, generation }, result, why),
      ),
    );
  };
  return holdStop(work());
}

async function attempt(send: () => Promise<Revocation>): Promise<Revocation> {
  try {
    return await send();
  } catch (error) {
    log().error({ err: error }, 'a revocation could not be sent');
    const { code, message } = toProblem(error);
    return {
      sent: false,
      confirmed: false,
      fault: makeFault({ error: code, description: message, status: null }),
    };
  }
}

async function auditRevocation(
  tx: Tx,
  grant: GrantVersion & { attemptId?: string },
  { confirmed, fault }: Revocation,
  why: string,
): Promise<void> {
  const { connectionId, ...details } = grant;
  await appendAudit(tx, systemContext, {
    action: 'token.revoke',
    subjectId: connectionId,
    outcome: confirmed ? 'done' : 'failed',
    details: { ...details, why, ...fault },
  });
}

async function deleteSecrets(tx: Tx, connectionId: string): Promise<void> {
  await tx.delete(connectionSecrets).where(eq(connectionSecrets.connectionId, connectionId));
}

function problemColumns(fault: SalesforceFault | null) {
  return {
    problemCode: 'REVOCATION_UNCONFIRMED',
    problemError: fault?.error ?? null,
    problemDescription: fault?.description ?? null,
    problemStatus: fault?.status ?? null,
    problemAt: databaseNow,
  };
}
