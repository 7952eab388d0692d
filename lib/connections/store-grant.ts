import { randomUUID } from 'node:crypto';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { auditLog } from '@/db/schema/audit';
import { databaseNow } from '@/db/schema/base';
import { connectionSecrets, connections } from '@/db/schema/connections';
import { appendAudit } from '@/lib/audit/append';
import { findFreeAlias } from '@/lib/connections/alias/find-free-alias';
import { assertComplete, assertSameUser } from '@/lib/connections/grant-checks';
import { noteEviction } from '@/lib/connections/ledger/eviction';
import { fetchOrgFacts, type OrgFacts } from '@/lib/connections/org-facts';
import { noProblem } from '@/lib/connections/problem';
import { withinOrNull } from '@/lib/connections/refresh/clock';
import { noLease } from '@/lib/connections/refresh/lease';
import { refreshPolicy } from '@/lib/connections/refresh/policy';
import { untilStored } from '@/lib/connections/refresh/until-stored';
import { lastGeneration } from '@/lib/connections/restore/watermarks';
import { queueSuperseded, type Superseded } from '@/lib/connections/revocation/stray/queue-superseded';
import { giveBackGrant, revokeClaimedStray } from '@/lib/connections/revocation/stray/revoke-stray-token';
import type { GrantPurpose } from '@/lib/connections/types';
import type { Context, PersonId } from '@/lib/context';
import { holdToExpectedOrg, proposeOrg } from '@/lib/environments/expected-org';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { findHoldingRefusal } from '@/lib/people/access/assert-may-hold';
import { endApprovals } from '@/lib/people/requests/end-approvals';
import { holdStop } from '@/lib/registry';
import type { OAuthApp, TokenAnswer, UserInfo } from '@/lib/salesforce/types';
import { seal } from '@/lib/vault/seal';

/** A grant fresh from a consent, for the person who gave it. */
export interface NewGrant {
  environmentId: string;
  /** The app that the code was exchanged with; its token host and consumer key become the connection's. */
  app: OAuthApp;
  answer: TokenAnswer;
  user: UserInfo;
  ownerId: PersonId;
  /** True for admins and set-up: the first grant of an environment then pins its expected org. */
  mayPinOrg: boolean;
  /** The connection that the consent was to renew: the same Salesforce user must come back. */
  reconnects: string | null;
  /** Left out: to read records. Set-up access is another connection, beside that of the same user. */
  purpose?: GrantPurpose;
  /** What programs are to call a new connection by, if it is free. */
  alias?: string | null;
  /** By a connect link: what else belongs to the transaction that stores the grant; what it throws refuses the grant. */
  alongside?: (tx: Tx, connection: GrantedConnection) => Promise<void>;
}

export type GrantedConnection = Pick<typeof connections.$inferSelect, 'id' | 'orgId' | 'username'>;

export interface StoredGrant {
  connectionId: string;
  /** True when a connection of this person to this Salesforce user was there before. */
  reconnected: boolean;
}

/**
 * Takes a consented grant into custody in its own transaction, tried again until the database took it. The new
 * grant is committed first, then the one it replaces is revoked. A grant that is refused is revoked at once.
 * Throws CONSENT_NO_REFRESH_TOKEN, CONSENT_WRONG_ORG, CONSENT_WRONG_USER, ENVIRONMENT_NOT_OPEN, PERSON_DEACTIVATED,
 * RECORDS_NOT_FOR_AUDITORS, NOT_FOUND, SALESFORCE_ANSWER_INVALID.
 */
export function storeGrant(ctx: Context, grant: NewGrant): Promise<StoredGrant> {
  return holdStop(takeIntoCustody(ctx, grant));
}

async function takeIntoCustody(ctx: Context, grant: NewGrant): Promise<StoredGrant> {
  const newGrantId = randomUUID();
  let custody: Custody | null = null;
  try {
    const refreshToken = assertComplete(grant);
    const org = await fetchOrgFacts(grant.answer, grant.app);
    custody = { ...grant, newGrantId, strayId: randomUUID(), refreshToken, org, replaced: null };
    const stored = await storeOrRefuse(ctx, custody);
    if (stored.superseded) void holdStop(revokeSuperseded(stored.superseded));
    return { connectionId: stored.connectionId, reconnected: stored.reconnected };
  } catch (error) {
    if (!(error instanceof AppError)) log().error({ err: error }, 'a grant could not be stored');
    const end = custody && !isRefusal(error) ? settleUnheard(custody) : revokeRefused(grant, newGrantId);
    await withinOrNull(holdStop(end), refreshPolicy().callerWaitMs);
    throw error;
  }
}

/** Whether a database that works has said no, so that nothing was committed. */
function isRefusal(error: unknown): error is AppError {
  return error instanceof AppError && error.code !== 'UNAVAILABLE';
}

/** The last commit may have happened unheard: a grant that a row holds is not given back behind its back. */
async function settleUnheard(custody: Custody): Promise<void> {
  const [holder] = await untilStored('fate of a consented grant', () =>
    withSystem('consent fate', (tx) =>
      tx
        .select({ id: connections.id })
        .from(connections)
        .where(eq(connections.grantId, custody.newGrantId))
        .limit(1),
    ),
  );
  if (!holder) await revokeRefused(custody, custody.newGrantId);
  else if (custody.replaced) await revokeSuperseded(custody.replaced);
}

type Custody = NewGrant & {
  newGrantId: string;
  /** Of the grant that it replaces, in the queue of revocations. */
  strayId: string;
  refreshToken: string;
  org: OrgFacts;
  /** Noted by each try, for the one whose commit was not heard of. */
  replaced: Superseded | null;
};

interface Stored extends StoredGrant {
  superseded: Superseded | null;
}

/** A failing database is tried again for a while; a refusal is final, and its org is proposed to administrators. */
async function storeOrRefuse(ctx: Context, grant: Custody): Promise<Stored> {
  const outcome = await untilStored(
    'consented grant',
    async () => {
      try {
        return await withSystem('consent', (tx) => store(tx, ctx, grant));
      } catch (error) {
        if (isRefusal(error)) return error;
        throw error;
      }
    },
    refreshPolicy().consentStoreMs,
  );
  if (!(outcome instanceof AppError)) return outcome;
  if (outcome.code === 'CONSENT_WRONG_ORG') {
    await withSystem('consent', (tx) => proposeOrg(tx, grant.environmentId, orgOf(grant)));
  }
  throw outcome;
}

async function store(tx: Tx, ctx: Context, grant: Custody): Promise<Stored> {
  const { environmentId, answer, ownerId, newGrantId, purpose = 'runtime' } = grant;
  await holdToExpectedOrg(tx, ctx, { environmentId, org: orgOf(grant), mayPin: grant.mayPinOrg });
  // Before any connection is locked, as whoever deactivates a person locks in this order.
  const refusal = await findHoldingRefusal(tx, { personId: ownerId, environmentId });
  await assertSameUser(tx, grant);
  const [before] = await tx
    .select()
    .from(connections)
    .where(
      and(
        eq(connections.environmentId, environmentId),
        eq(connections.ownerId, ownerId),
        eq(connections.orgId, answer.orgId),
        eq(connections.salesforceUserId, answer.userId),
        eq(connections.purpose, purpose),
      ),
    )
    .for('update');
  if (before && (await wasStored(tx, before.id, newGrantId))) {
    return { connectionId: before.id, reconnected: before.generation > 1, superseded: grant.replaced };
  }
  if (refusal) throw refusal;
  // Before anything is changed: at the org, the replaced grant was one of the five when the new one came.
  await noteEviction(tx, ctx, {
    orgId: answer.orgId,
    salesforceUserId: answer.userId,
    clientId: grant.app.clientId,
    grantId: newGrantId,
    username: grant.user.username,
    renews: before?.id ?? null,
  });
  const superseded = before ? await queueSuperseded(tx, grant.strayId, grant.app, before) : null;
  grant.replaced = superseded;
  const id = before?.id ?? randomUUID();
  const named = { id, environmentId, username: grant.user.username };
  const alias = before?.alias ?? (await findFreeAlias(tx, named, grant.alias));
  const [row] = before
    ? await tx
        .update(connections)
        .set({
          alias,
          ...columnsOf(grant.org.name === null ? { ...grant, org: factsOf(before) } : grant),
          // Above every one that was seen: in a restored database the row says less.
          generation: Math.max(before.generation, await lastGeneration(before.id)) + 1,
          consentedAt: databaseNow,
          retrievedAt: databaseNow,
        })
        .where(eq(connections.id, before.id))
        .returning()
    : await tx
        .insert(connections)
        // Set-up access ends by itself once nobody uses it.
        .values({
          ...columnsOf(grant),
          id,
          alias,
          environmentId,
          ownerId,
          purpose,
          keepAlive: purpose === 'runtime',
        })
        .returning();
  if (!row) throw new Error('The connection was not stored.');
  await storeSecrets(tx, row.id, grant);
  // Another's consent says nothing about the person's own.
  if (purpose === 'runtime' && !grant.alongside) await endApprovals(tx, { personId: ownerId, environmentId });
  const facts = { grantId: newGrantId, generation: row.generation, orgId: row.orgId, username: row.username };
  await appendAudit(
    tx,
    ctx,
    before
      ? {
          action: 'connection.reconnect',
          subjectId: row.id,
          details: { ...facts, supersededGrantId: before.grantId },
        }
      : {
          action: 'connection.connect',
          subjectId: row.id,
          details: { ...facts, environmentId, ...(purpose === 'bootstrap' ? { purpose } : {}) },
        },
  );
  await grant.alongside?.(tx, row);
  return { connectionId: row.id, reconnected: before !== undefined, superseded };
}

/**
 * Whether an earlier try was committed unheard. The row alone does not tell: another consent may have replaced the
 * grant since, or a disconnect ended it, and storing it again would bring back what is being revoked.
 */
async function wasStored(tx: Tx, connectionId: string, grantId: string): Promise<boolean> {
  const rows = await tx
    .select({ id: auditLog.id })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.subjectType, 'connection'),
        eq(auditLog.subjectId, connectionId),
        inArray(auditLog.action, ['connection.connect', 'connection.reconnect']),
        sql`${auditLog.details}->>'grantId' = ${grantId}`,
      ),
    )
    .limit(1);
  return rows.length > 0;
}

function revokeSuperseded({ claim, accessToken }: Superseded): Promise<unknown> {
  return revokeClaimedStray(claim, accessToken);
}

function revokeRefused({ environmentId, app, answer }: NewGrant, grantId: string): Promise<void> {
  return giveBackGrant({ environmentId, app, grantId }, answer);
}

/** What an earlier consent learnt of the org, for one to which the org was silent. */
function factsOf({ orgName, defaultCurrency }: typeof connections.$inferSelect): OrgFacts {
  return { name: orgName, defaultCurrency };
}

function columnsOf({ app, answer, user, org, newGrantId }: Custody) {
  return {
    ...noProblem,
    orgId: answer.orgId,
    orgName: org.name,
    defaultCurrency: org.defaultCurrency,
    salesforceUserId: answer.userId,
    username: user.username,
    userDisplayName: user.displayName,
    locale: user.locale,
    timeZone: user.timeZone,
    instanceUrl: answer.instanceUrl,
    tokenHost: app.tokenHost,
    clientId: app.clientId,
    scopes: answer.scopes,
    grantId: newGrantId,
    state: 'idle' as const,
    verifyFirst: null,
    ...noLease,
    revocation: 'none' as const,
    revocationTries: 0,
    revocationNextAt: null,
    disconnectedAt: null,
  };
}

async function storeSecrets(tx: Tx, connectionId: string, grant: Custody): Promise<void> {
  const place = { table: 'connection_secrets', rowId: connectionId } as const;
  const accessToken = await seal(grant.answer.accessToken, { ...place, column: 'access_token' });
  const refreshToken = await seal(grant.refreshToken, { ...place, column: 'refresh_token' });
  await tx
    .insert(connectionSecrets)
    .values({ connectionId, accessToken, refreshToken })
    .onConflictDoUpdate({ target: connectionSecrets.connectionId, set: { accessToken, refreshToken } });
}

function orgOf({ answer, org }: Custody): { id: string; name: string | null } {
  return { id: answer.orgId, name: org.name };
}
