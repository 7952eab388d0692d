import { and, desc, eq, isNull, lte, or, sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connections, refreshAttempts } from '@/db/schema/connections';
import { appendAudit } from '@/lib/audit/append';
import { noProblem } from '@/lib/connections/problem';
import { type GrantVersion, readSealedRefreshToken } from '@/lib/connections/refresh/claim';
import { bootId } from '@/lib/connections/refresh/lease';
import { pauseAfter, refreshPolicy } from '@/lib/connections/refresh/policy';
import { untilStored } from '@/lib/connections/refresh/until-stored';
import { askWhetherActive, type TokenStanding } from '@/lib/connections/settle/ask-whether-active';
import type { SystemContext } from '@/lib/context';
import { openOAuthApp } from '@/lib/environments/oauth-app';
import { log } from '@/lib/log';
import { registry } from '@/lib/registry';
import type { OAuthApp } from '@/lib/salesforce/types';
import { open } from '@/lib/vault/seal';

const ctx: SystemContext = { kind: 'system', reason: 'settling', request: null };

/** The right to find out what became of a lost refresh. The fence is that of the refresh: it does not move. */
interface Settling extends GrantVersion {
  fence: number;
  environmentId: string;
  /** Null: another app is configured by now, under whose name nothing of this grant is asked. */
  app: OAuthApp | null;
  sealedRefreshToken: string;
  settleOwner: string;
  /** What an earlier introspection under this fence found, and whether the grace period after it is over. */
  found: { outcome: 'inactive'; graceIsOver: boolean } | null;
  /** Introspections under this fence that came to nothing. */
  failures: number;
  /** Refreshes of this very token whose outcome was lost. */
  losses: number;
}

/**
 * Settles a connection whose refresh has an unknown outcome, by asking Salesforce whether the old refresh token is
 * active; never by sending it again. Active: it was not consumed, so the connection is usable. Inactive: the answer is
 * waited for a while longer, since its holder or a spool may still have it, and then a reconnect is asked for. Does
 * nothing before its time, while another process is at it, and when the row is not uncertain any more.
 */
export async function settle(connectionId: string): Promise<void> {
  if (registry().draining) return;
  const settling = await withSystem('settling', (tx) => takeSettling(tx, connectionId));
  if (!settling) return;
  if (settling.found?.outcome === 'inactive') {
    if (settling.found.graceIsOver) await conclude(settling, 'lost');
    else await rest(settling, refreshPolicy().settleGraceMs);
    return;
  }
  const standing = await ask(settling);
  await untilStored('settling', () => noteStanding(settling, standing));
  switch (standing.kind) {
    case 'active':
      return await conclude(settling, 'unconsumed');
    case 'inactive':
      return await rest(settling, refreshPolicy().settleGraceMs);
    case 'unavailable':
      return await rest(settling, pauseAfter(settling.failures, refreshPolicy().settlePauseMs));
    case 'impossible':
      // One try in all: a second loss of the same token says nothing new.
      return await conclude(
        settling,
        standing.policy === 'one_try' && settling.losses < 2 ? 'one try' : 'lost',
      );
  }
}

async function takeSettling(tx: Tx, connectionId: string): Promise<Settling | null> {
  const { settleAfterMs, settleLeaseMs } = refreshPolicy();
  const settleOwner = bootId();
  const [row] = await tx
    .update(connections)
    .set({ settleOwner, settleUntil: later(settleLeaseMs) })
    .where(
      and(
        eq(connections.id, connectionId),
        eq(connections.state, 'uncertain'),
        lte(connections.uncertainSince, later(-settleAfterMs)),
        or(isNull(connections.settleUntil), lte(connections.settleUntil, databaseNow)),
      ),
    )
    .returning();
  if (!row) return null;
  const version = { connectionId, grantId: row.grantId, generation: row.generation };
  const app = await openOAuthApp(tx, row.environmentId);
  const isSameApp = app.tokenHost === row.tokenHost && app.clientId === row.clientId;
  return {
    ...version,
    fence: row.fence,
    environmentId: row.environmentId,
    app: isSameApp ? app : null,
    sealedRefreshToken: await readSealedRefreshToken(tx, connectionId),
    settleOwner,
    ...(await readHistory(tx, version, row.fence)),
  };
}

async function readHistory(tx: Tx, version: GrantVersion, fence: number) {
  const attempts = await tx
    .select({
      purpose: refreshAttempts.purpose,
      fence: refreshAttempts.fence,
      outcome: refreshAttempts.outcome,
      graceIsOver: sql<boolean>`${refreshAttempts.finishedAt} <= ${later(-refreshPolicy().settleGraceMs)}`,
    })
    .from(refreshAttempts)
    .where(ofVersion(version))
    .orderBy(desc(refreshAttempts.claimedAt));
  const asked = attempts.filter((attempt) => attempt.purpose === 'introspect' && attempt.fence === fence);
  const inactive = asked.find((attempt) => attempt.outcome === 'inactive');
  return {
    found: inactive ? { outcome: 'inactive' as const, graceIsOver: inactive.graceIsOver } : null,
    failures: asked.length,
    losses: attempts.filter(
      ({ purpose, outcome }) => purpose === 'refresh' && (outcome === 'uncertain' || outcome === null),
    ).length,
  };
}

async function ask(settling: Settling): Promise<TokenStanding> {
  const { connectionId, environmentId, app, sealedRefreshToken } = settling;
  if (app === null) return { kind: 'impossible', policy: 'reconnect' };
  const place = { table: 'connection_secrets', column: 'refresh_token', rowId: connectionId } as const;
  return await askWhetherActive({ environmentId, app }, await open(sealedRefreshToken, place));
}

/** Each introspection has its row: it is the only time that a token leaves us which may have been consumed. */
async function noteStanding(settling: Settling, standing: TokenStanding): Promise<void> {
  const { connectionId, grantId, generation, fence } = settling;
  const told = standing.kind === 'active' || standing.kind === 'inactive';
  await withSystem('settling', (tx) =>
    tx.insert(refreshAttempts).values({
      connectionId,
      grantId,
      generation,
      fence,
      purpose: 'introspect',
      trigger: 'settle',
      leaseOwner: settling.settleOwner,
      finishedAt: databaseNow,
      outcome: told ? standing.kind : 'unsent',
      error: standing.kind === 'unavailable' ? standing.error.code : null,
    }),
  );
}

/** Others may look again after this time. */
async function rest(settling: Settling, ms: number): Promise<void> {
  await withSystem('settling', (tx) =>
    tx
      .update(connections)
      .set({ settleUntil: later(ms) })
      .where(stillTheSame(settling)),
  );
}

/** Fence, grant and state guard the end: an answer that came meanwhile, or a new consent, says more. */
async function conclude(settling: Settling, result: 'unconsumed' | 'one try' | 'lost'): Promise<void> {
  const { connectionId, grantId, generation } = settling;
  await untilStored('settled', () =>
    withSystem('settling', async (tx) => {
      const [row] = await tx
        .update(connections)
        .set({
          settleOwner: null,
          settleUntil: null,
          uncertainSince: null,
          ...(result === 'lost'
            ? { state: 'needs_reconnect' as const, problemCode: 'GRANT_ANSWER_LOST' }
            : { state: 'idle' as const, ...noProblem }),
        })
        .where(stillTheSame(settling))
        .returning({ id: connections.id });
      if (!row) return;
      if (result === 'unconsumed') await markUnconsumed(tx, settling);
      const details = { grantId, generation, result };
      const outcome = result === 'lost' ? 'failed' : 'done';
      await appendAudit(tx, ctx, { action: 'token.settle', subjectId: connectionId, outcome, details });
    }),
  );
  log().info({ connectionId, generation, result }, 'an uncertain refresh was settled');
}

/** Salesforce has said that no request with this token was done, so none of them stands against it any more. */
async function markUnconsumed(tx: Tx, version: GrantVersion): Promise<void> {
  await tx
    .update(refreshAttempts)
    .set({ outcome: 'unconsumed', finishedAt: sql`coalesce(${refreshAttempts.finishedAt}, orgdock.now())` })
    .where(
      and(
        ofVersion(version),
        eq(refreshAttempts.purpose, 'refresh'),
        or(isNull(refreshAttempts.outcome), eq(refreshAttempts.outcome, 'uncertain')),
      ),
    );
}

function stillTheSame(settling: Settling) {
  return and(
    eq(connections.id, settling.connectionId),
    eq(connections.grantId, settling.grantId),
    eq(connections.generation, settling.generation),
    eq(connections.fence, settling.fence),
    eq(connections.state, 'uncertain'),
    eq(connections.settleOwner, settling.settleOwner),
  );
}

function ofVersion({ connectionId, grantId, generation }: GrantVersion) {
  return and(
    eq(refreshAttempts.connectionId, connectionId),
    eq(refreshAttempts.grantId, grantId),
    eq(refreshAttempts.generation, generation),
  );
}

function later(ms: number) {
  return sql`orgdock.now() + ${ms} * interval '1 millisecond'`;
}
