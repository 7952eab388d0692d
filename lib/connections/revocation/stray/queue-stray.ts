import { randomUUID } from 'node:crypto';
import { and, eq, isNull, lte, or, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connections, refreshAttempts, strayGrants } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import type { GrantVersion } from '@/lib/connections/refresh/claim';
import { leaseEnd, leaseOwnerOf } from '@/lib/connections/refresh/lease';
import { revocationPolicy } from '@/lib/connections/revocation/policy';
import { mayIntrospect, openRevokingApp } from '@/lib/connections/revocation/revoking-app';
import type { RevokingApp } from '@/lib/salesforce/types';
import { open, seal } from '@/lib/vault/seal';

/** A grant that no connection holds any more, but that Salesforce still counts as one of the user's five. */
export interface StrayGrant extends GrantVersion {
  environmentId: string;
  app: RevokingApp;
  /** Whose it is, for the ledger of live grants. */
  orgId: string | null;
  userId: string | null;
  why: string;
  /** Unspent, so it may be sent to the revoke endpoint. */
  token: string;
}

export type StrayTrigger = 'superseded' | 'refused' | 'retry' | 'everything';

/** The right to send the revocation of one stray grant. */
export interface StrayClaim extends Omit<StrayGrant, 'token' | 'orgId' | 'userId'> {
  strayId: string;
  /** Null: it never had a connection, so it has no attempts either. */
  attemptId: string | null;
  trigger: StrayTrigger;
  /** This one counted. */
  tries: number;
  /** After it, nobody tries any more, and the token is forgotten. */
  last: boolean;
  mayIntrospect: boolean;
  openToken(): Promise<string>;
}

/**
 * Puts a stray grant into the queue, already claimed by the caller, who revokes it after the commit. Null: its
 * environment is gone, so nothing can be queued. Safe to repeat with the same id.
 */
export async function queueStray(
  tx: Tx,
  strayId: string,
  grant: StrayGrant,
  trigger: StrayTrigger,
): Promise<StrayClaim | null> {
  const { environmentId, app, orgId, userId, token, ...stored } = grant;
  const [environment] = await tx
    .select({ id: environments.id })
    .from(environments)
    .where(eq(environments.id, environmentId));
  if (!environment) return null;
  await tx
    .insert(strayGrants)
    .values({
      ...stored,
      id: strayId,
      environmentId,
      orgId,
      salesforceUserId: userId,
      tokenHost: app.tokenHost,
      clientId: app.clientId,
      token: await seal(token, placeOf(strayId)),
      tries: 1,
      leaseUntil: leaseEnd(),
    })
    .onConflictDoNothing({ target: strayGrants.id });
  return {
    ...stored,
    environmentId,
    app,
    strayId,
    trigger,
    tries: 1,
    last: false,
    mayIntrospect: await mayIntrospect(tx, environmentId, app),
    attemptId: await openAttempt(tx, strayId, grant, trigger),
    openToken: async () => token,
  };
}

/** Claims one more try. Null: somebody else is at it, or it has ended. */
export async function claimStray(tx: Tx, strayId: string, trigger: StrayTrigger): Promise<StrayClaim | null> {
  const [row] = await tx
    .update(strayGrants)
    .set({ tries: sql`${strayGrants.tries} + 1`, leaseUntil: leaseEnd() })
    .where(
      and(
        eq(strayGrants.id, strayId),
        isNull(strayGrants.finishedAt),
        or(isNull(strayGrants.leaseUntil), lte(strayGrants.leaseUntil, databaseNow)),
      ),
    )
    .returning({
      environmentId: strayGrants.environmentId,
      connectionId: strayGrants.connectionId,
      grantId: strayGrants.grantId,
      generation: strayGrants.generation,
      tokenHost: strayGrants.tokenHost,
      clientId: strayGrants.clientId,
      token: strayGrants.token,
      why: strayGrants.why,
      tries: strayGrants.tries,
      last: sql<boolean>`${strayGrants.createdAt} <=
        orgdock.now() - ${revocationPolicy().giveUpMs} * interval '1 millisecond'`,
    });
  if (!row) return null;
  const { token, tokenHost, clientId, ...stored } = row;
  const { app, mayIntrospect: asks } = await openRevokingApp(tx, row);
  return {
    ...stored,
    app,
    strayId,
    trigger,
    mayIntrospect: asks,
    attemptId: await openAttempt(tx, randomUUID(), stored, trigger),
    openToken: () => open(token ?? '', placeOf(strayId)),
  };
}

function placeOf(rowId: string) {
  return { table: 'stray_grants', column: 'token', rowId } as const;
}

/** Every time a token leaves us there is an attempt, as long as there is a connection to keep it with. */
async function openAttempt(
  tx: Tx,
  id: string,
  { connectionId, grantId, generation }: GrantVersion,
  trigger: StrayTrigger,
): Promise<string | null> {
  const [holder] = await tx
    .select({ id: connections.id })
    .from(connections)
    .where(sql`${connections.id}::text = ${connectionId}`);
  if (!holder) return null;
  const version = { connectionId, grantId, generation, fence: NO_FENCE };
  await tx
    .insert(refreshAttempts)
    .values({ ...version, id, purpose: 'revoke', trigger, leaseOwner: leaseOwnerOf(id) })
    .onConflictDoNothing({ target: refreshAttempts.id });
  return id;
}

/** A stray grant is nobody's to claim by the connection's fence. */
export const NO_FENCE = 0;
