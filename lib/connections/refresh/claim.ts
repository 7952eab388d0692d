import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { connectionSecrets, connections, refreshAttempts } from '@/db/schema/connections';
import { stopwatch } from '@/lib/connections/refresh/clock';
import { holdLease, type Lease, leaseEnd, leaseOwnerOf, noLease } from '@/lib/connections/refresh/lease';
import { announce } from '@/lib/connections/refresh/steps';
import { untilStored } from '@/lib/connections/refresh/until-stored';
import { markRestored, type RestoreReason } from '@/lib/connections/restore/mark-restored';
import { suspicion } from '@/lib/connections/restore/suspicion';
import { lastGeneration } from '@/lib/connections/restore/watermarks';
import type { SystemContext } from '@/lib/context';
import { type OAuthAppSecrets, openOAuthApp } from '@/lib/environments/oauth-app';

/** Which token pair of which consent. */
export interface GrantVersion {
  connectionId: string;
  grantId: string;
  generation: number;
}

/** What asked for a refresh. */
export type RefreshTrigger = 'expired' | 'keep_alive' | 'verify';

/** A spend of a refresh token: what its answer is stored and judged by, however late it comes. */
export interface Spend extends GrantVersion {
  attemptId: string;
  fence: number;
  /** The generation that a success is stored as: above every one that was seen, also in a restored database. */
  storesAs: number;
  environmentId: string;
  orgId: string;
  userId: string;
  /** The one that the grant belongs to. */
  app: { tokenHost: string; clientId: string };
}

/** The right to send one request with a connection's refresh token, held by this process until the lease ends. */
export interface Claim extends Spend {
  app: OAuthAppSecrets;
  /** How the grant came about; a service connection has credentials instead of a refresh token. */
  flow: (typeof connections.$inferSelect)['flow'];
  /** Null: a flow without refresh tokens. */
  sealedRefreshToken: string | null;
  /** Why the token must be introspected before it is spent; null: it need not. */
  verifyFirst: RestoreReason | null;
  lease: Lease;
}

const ctx: SystemContext = { kind: 'system', reason: 'token refresh', request: null };

/** For a claim that turns out unsent: `uncertain` was a guess then, and so was what the page said about it. */
export const noLongerUnknown = {
  problemCode: sql`CASE WHEN ${connections.state} = 'uncertain' THEN NULL ELSE ${connections.problemCode} END`,
  uncertainSince: null,
};

/**
 * Claims the spend of the refresh token of a version, in one short transaction that is committed before any
 * HTTP. Null: somebody else was faster, the row has moved on, or the environment has another app by now, under
 * whose name the token must not be sent. A failing database means no call. `seen` is the caller's generation.
 */
export async function claimRefresh(
  version: GrantVersion,
  { trigger, seen }: { trigger: RefreshTrigger; seen: number },
): Promise<Claim | null> {
  const lastSeen = Math.max(seen, await lastGeneration(version.connectionId));
  // Started before the claim is sent: the lease in the database can only end later than we think.
  const elapsed = stopwatch();
  const attemptId = randomUUID();
  announce('claiming', { ...version, attemptId });
  try {
    const claimed = await withSystem('refresh claim', (tx) =>
      takeClaim(tx, version, { attemptId, trigger, lastSeen }),
    );
    if (!claimed) return null;
    announce('claimed', { ...version, attemptId });
    const { suspected, ...claim } = claimed;
    if (suspected) void untilStored('database restored', () => markRestored(ctx, suspected));
    const lease = holdLease({ connectionId: version.connectionId, attemptId }, elapsed);
    const storesAs = Math.max(version.generation, lastSeen) + 1;
    return { ...version, ...claim, attemptId, storesAs, lease };
  } catch (error) {
    // The commit may have happened although we did not hear of it. Nothing was sent, so idle is the truth.
    void untilStored('claim given back', () => giveBackUnheard(version.connectionId, attemptId));
    throw error;
  }
}

async function takeClaim(
  tx: Tx,
  { connectionId, grantId, generation }: GrantVersion,
  { attemptId, trigger, lastSeen }: { attemptId: string; trigger: RefreshTrigger; lastSeen: number },
) {
  const leaseOwner = leaseOwnerOf(attemptId);
  const [at] = await tx
    .select({ environmentId: connections.environmentId })
    .from(connections)
    .where(eq(connections.id, connectionId));
  if (!at) return null;
  const app = await openOAuthApp(tx, at.environmentId);
  const [row] = await tx
    .update(connections)
    .set({ state: 'refreshing', fence: sql`${connections.fence} + 1`, leaseOwner, leaseUntil: leaseEnd() })
    .where(
      and(
        eq(connections.id, connectionId),
        eq(connections.grantId, grantId),
        eq(connections.generation, generation),
        eq(connections.state, 'idle'),
        eq(connections.tokenHost, app.tokenHost),
        eq(connections.clientId, app.clientId),
      ),
    )
    .returning({
      fence: connections.fence,
      environmentId: connections.environmentId,
      orgId: connections.orgId,
      userId: connections.salesforceUserId,
      verifyFirst: connections.verifyFirst,
      flow: connections.flow,
    });
  if (!row) return null;
  await tx.insert(refreshAttempts).values({
    id: attemptId,
    connectionId,
    purpose: 'refresh',
    trigger,
    grantId,
    generation,
    fence: row.fence,
    leaseOwner,
  });
  const suspected = row.verifyFirst === null ? await suspicion(tx, { generation, lastSeen }) : null;
  const verifyFirst = (row.verifyFirst as RestoreReason | null) ?? suspected;
  const sealedRefreshToken =
    row.flow === 'authorization_code' ? await readSealedRefreshToken(tx, connectionId) : null;
  return { ...row, suspected, verifyFirst, app, sealedRefreshToken };
}

/** The sealed refresh token of a connection. It is opened only by who holds a claim. */
export async function readSealedRefreshToken(tx: Tx, connectionId: string): Promise<string> {
  const [secret] = await tx
    .select({ refreshToken: connectionSecrets.refreshToken })
    .from(connectionSecrets)
    .where(eq(connectionSecrets.connectionId, connectionId));
  if (!secret?.refreshToken) throw new Error(`Connection ${connectionId} has no stored refresh token.`);
  return secret.refreshToken;
}

async function giveBackUnheard(connectionId: string, attemptId: string): Promise<void> {
  await withSystem('refresh claim', async (tx) => {
    // The lock waits for a claim whose commit is still under way on a connection that we lost.
    await tx
      .select({ id: connections.id })
      .from(connections)
      .where(eq(connections.id, connectionId))
      .for('update');
    await tx
      .update(connections)
      .set({
        state: sql`CASE WHEN ${connections.state} IN ('refreshing', 'uncertain') THEN 'idle' ELSE ${connections.state} END`,
        ...noLease,
        ...noLongerUnknown,
      })
      .where(eq(connections.leaseOwner, leaseOwnerOf(attemptId)));
    await tx
      .update(refreshAttempts)
      .set({ outcome: 'unsent', finishedAt: sql`orgdock.now()` })
      .where(eq(refreshAttempts.id, attemptId));
  });
}
