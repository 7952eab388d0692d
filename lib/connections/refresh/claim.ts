import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { connectionSecrets, connections, refreshAttempts } from '@/db/schema/connections';
import { stopwatch } from '@/lib/connections/refresh/clock';
import { refreshPolicy } from '@/lib/connections/refresh/policy';
import { untilStored } from '@/lib/connections/refresh/until-stored';
import { openOAuthApp } from '@/lib/environments/oauth-app';
import { processWide, registry } from '@/lib/registry';
import type { OAuthApp } from '@/lib/salesforce/types';

/** Which token pair of which consent. */
export interface GrantVersion {
  connectionId: string;
  grantId: string;
  generation: number;
}

/** The right to send one request with a connection's refresh token, held by this process until the lease ends. */
export interface Claim extends GrantVersion {
  attemptId: string;
  fence: number;
  environmentId: string;
  orgId: string;
  userId: string;
  /** The one that the grant belongs to. */
  app: OAuthApp;
  sealedRefreshToken: string;
  /** To be asked in the tick of the first write. */
  mayStillSend(): boolean;
}

/** SQL for the end of a lease that starts now. */
export const leaseEnd = () => sql`orgdock.now() + ${refreshPolicy().leaseMs} * interval '1 millisecond'`;

/** SQL: somebody holds a lease on the row now. */
export const leaseIsLive = sql<boolean>`coalesce(${connections.leaseUntil} > orgdock.now(), false)`;

/** For a claim that turns out unsent: `uncertain` was a guess then, and so was what the page said about it. */
export const noLongerUnknown = {
  problemCode: sql`CASE WHEN ${connections.state} = 'uncertain' THEN NULL ELSE ${connections.problemCode} END`,
};

/** Unique to one attempt, so that it tells a process's own claim even when the answer to it was lost. */
export function leaseOwnerOf(attemptId: string): string {
  return `${processWide('connections.bootId', () => randomUUID().slice(0, 8))}/${attemptId}`;
}

/**
 * Claims the spend of the refresh token of a version, in one short transaction that is committed before any
 * HTTP. Null: somebody else was faster, the row has moved on, or the environment has another app by now, under
 * whose name the token must not be sent. A failing database means no call.
 */
export async function claimRefresh(version: GrantVersion): Promise<Claim | null> {
  // Started before the claim is sent: the lease in the database can only end later than we think.
  const elapsed = stopwatch();
  const mayStillSend = () => !registry().draining && elapsed() < refreshPolicy().sendWithinMs;
  const attemptId = randomUUID();
  try {
    const claimed = await withSystem('refresh claim', (tx) => takeClaim(tx, version, attemptId));
    return claimed && { ...version, ...claimed, attemptId, mayStillSend };
  } catch (error) {
    // The commit may have happened although we did not hear of it. Nothing was sent, so idle is the truth.
    void untilStored('claim given back', () => giveBackUnheard(version.connectionId, attemptId));
    throw error;
  }
}

async function takeClaim(tx: Tx, version: GrantVersion, attemptId: string) {
  const { connectionId, grantId, generation } = version;
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
    });
  if (!row) return null;
  await tx.insert(refreshAttempts).values({
    id: attemptId,
    connectionId,
    purpose: 'refresh',
    grantId,
    generation,
    fence: row.fence,
    leaseOwner,
  });
  return { ...row, app, sealedRefreshToken: await readSealedRefreshToken(tx, connectionId) };
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
        leaseOwner: null,
        leaseUntil: null,
        ...noLongerUnknown,
      })
      .where(eq(connections.leaseOwner, leaseOwnerOf(attemptId)));
    await tx
      .update(refreshAttempts)
      .set({ outcome: 'unsent', finishedAt: sql`orgdock.now()` })
      .where(eq(refreshAttempts.id, attemptId));
  });
}
