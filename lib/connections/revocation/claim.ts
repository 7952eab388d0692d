import { randomUUID } from 'node:crypto';
import { and, eq, isNull, lte, or, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connectionSecrets, connections, refreshAttempts } from '@/db/schema/connections';
import type { GrantVersion } from '@/lib/connections/refresh/claim';
import { stopwatch } from '@/lib/connections/refresh/clock';
import { holdLease, type Lease, leaseEnd, leaseOwnerOf } from '@/lib/connections/refresh/lease';
import type { RestoreReason } from '@/lib/connections/restore/mark-restored';
import { whyVerifyFirst } from '@/lib/connections/restore/suspicion';
import { closeUnsent } from '@/lib/connections/revocation/close-unsent';
import { revocationPolicy } from '@/lib/connections/revocation/policy';
import { openRevokingApp } from '@/lib/connections/revocation/revoking-app';
import { tokenStanding } from '@/lib/connections/revocation/standing';
import type { RevokingApp } from '@/lib/salesforce/types';

/** What asked for a revocation. */
export type RevocationTrigger = 'disconnect' | 'retry' | 'everything';

/** Why a revocation is sent, for its audit row and its attempt. */
export interface RevocationReason {
  why: string;
  trigger: RevocationTrigger;
}

/** The right to send one revocation. */
export interface RevocationClaim extends GrantVersion, RevocationReason {
  attemptId: string;
  fence: number;
  /** This one counted. */
  tries: number;
  /** After it, the sweep does not try by itself any more. */
  last: boolean;
  environmentId: string;
  app: RevokingApp;
  mayIntrospect: boolean;
  /** Why the refresh token must be introspected before it is sent; null: it need not. */
  verifyFirst: RestoreReason | null;
  sealed: SealedTokens;
  lease: Lease;
}

/** Of one connection. A flow without refresh tokens has only the other. */
interface SealedTokens {
  refreshToken: string | null;
  accessToken: string;
}

/** SQL: nobody is at work on the row. */
const unclaimed = or(isNull(connections.leaseUntil), lte(connections.leaseUntil, databaseNow));

/**
 * Claims the revocation of a `disconnecting` connection, like the claim of a refresh. Null: somebody else is at
 * it, or there is nothing that may be sent, which the row then says: a token that may be spent stays here.
 */
export async function claimRevocation(
  tx: Tx,
  connectionId: string,
  reason: RevocationReason,
): Promise<RevocationClaim | null> {
  const elapsed = stopwatch();
  const attemptId = randomUUID();
  const [row] = await tx
    .update(connections)
    .set({
      fence: sql`${connections.fence} + 1`,
      revocation: 'pending',
      revocationTries: sql`${connections.revocationTries} + 1`,
      revocationNextAt: null,
      leaseOwner: leaseOwnerOf(attemptId),
      leaseUntil: leaseEnd(),
    })
    .where(and(eq(connections.id, connectionId), eq(connections.state, 'disconnecting'), unclaimed))
    .returning({
      grantId: connections.grantId,
      generation: connections.generation,
      fence: connections.fence,
      tries: connections.revocationTries,
      last: isTriedLongEnough(),
      environmentId: connections.environmentId,
      tokenHost: connections.tokenHost,
      clientId: connections.clientId,
      verifyFirst: connections.verifyFirst,
    });
  if (!row) return null;
  const version = { connectionId, grantId: row.grantId, generation: row.generation };
  const sealed = await readSealedTokens(tx, connectionId);
  const standing = await standingOf(tx, version, sealed);
  if (sealed === null || standing !== 'current') {
    await closeUnsent(tx, version, standing === 'ended' ? 'ended' : 'unknown');
    return null;
  }
  await tx.insert(refreshAttempts).values({
    ...version,
    id: attemptId,
    purpose: 'revoke',
    trigger: reason.trigger,
    fence: row.fence,
    leaseOwner: leaseOwnerOf(attemptId),
  });
  const { app, mayIntrospect } = await openRevokingApp(tx, row);
  const verifyFirst =
    sealed.refreshToken === null ? null : await whyVerifyFirst(tx, { ...row, id: connectionId });
  const lease = holdLease({ connectionId, attemptId }, elapsed);
  const { fence, tries, last, environmentId } = row;
  const right = {
    attemptId,
    fence,
    tries,
    last,
    environmentId,
    app,
    mayIntrospect,
    verifyFirst,
    sealed,
    lease,
  };
  return { ...version, ...reason, ...right };
}

const isTriedLongEnough = () => sql<boolean>`coalesce(${connections.disconnectedAt} <=
  orgdock.now() - ${revocationPolicy().giveUpMs} * interval '1 millisecond', false)`;

/** An access token is not used up by use, so it may always be sent. */
async function standingOf(tx: Tx, version: GrantVersion, sealed: SealedTokens | null) {
  if (sealed === null) return 'unknown';
  return sealed.refreshToken === null ? 'current' : await tokenStanding(tx, version);
}

async function readSealedTokens(tx: Tx, connectionId: string): Promise<SealedTokens | null> {
  const [sealed] = await tx
    .select({ refreshToken: connectionSecrets.refreshToken, accessToken: connectionSecrets.accessToken })
    .from(connectionSecrets)
    .where(eq(connectionSecrets.connectionId, connectionId));
  return sealed ?? null;
}
