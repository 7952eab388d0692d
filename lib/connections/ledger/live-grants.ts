import { and, eq, isNull, ne, not, or, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { auditLog } from '@/db/schema/audit';
import { connections, strayGrants } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { people } from '@/db/schema/people';

/** Salesforce counts grants by user and app, whatever the portal's people and environments. */
export interface UserOfApp {
  orgId: string;
  salesforceUserId: string;
  clientId: string;
}

/** A grant that Salesforce counts, as far as Orgdock knows. */
export interface LiveGrant extends UserOfApp {
  /** Null: a grant that no connection holds. */
  connectionId: string | null;
  grantId: string;
  generation: number;
  /** Orgdock has done with it: it only waits until the org confirms that it has ended. */
  ending: boolean;
  /** Salesforce has ended it since the consent that is being stored. */
  hasEnded: boolean;
  ownerId: string | null;
  ownerName: string | null;
  serviceName: string | null;
  environmentId: string;
  environmentName: string;
  userDisplayName: string | null;
  consentedAt: Date;
}

/** How long ago Salesforce may have ended a grant so that a consent that is just being stored can be the reason. */
const JUST_NOW = sql`interval '2 minutes'`;

/**
 * The live grants of Salesforce users of apps, oldest consent first, over all people and environments of this portal.
 * In a system transaction: they are other people's as well. `justEnded` adds those that ended a moment ago.
 */
export async function listLiveGrants(
  systemTx: Tx,
  users: readonly UserOfApp[],
  { justEnded = false } = {},
): Promise<LiveGrant[]> {
  if (users.length === 0) return [];
  const held = await listHeld(systemTx, users, justEnded);
  const stray = await listStray(systemTx, users);
  return [...held, ...stray].sort((a, b) => a.consentedAt.getTime() - b.consentedAt.getTime());
}

/** Whether two names mean one user of one app. */
export function isSameUser(a: UserOfApp, b: UserOfApp): boolean {
  return a.orgId === b.orgId && a.salesforceUserId === b.salesforceUserId && a.clientId === b.clientId;
}

const endedBySalesforce = sql`${connections.state} = 'needs_reconnect' AND ${connections.problemCode} = 'GRANT_ENDED'`;
const endedJustNow = sql`${connections.problemAt} > orgdock.now() - ${JUST_NOW}`;

async function listHeld(tx: Tx, users: readonly UserOfApp[], justEnded: boolean): Promise<LiveGrant[]> {
  const rows = await tx
    .select({
      connectionId: connections.id,
      grantId: connections.grantId,
      generation: connections.generation,
      orgId: connections.orgId,
      salesforceUserId: connections.salesforceUserId,
      clientId: connections.clientId,
      state: connections.state,
      hasEnded: sql<boolean>`coalesce(${endedBySalesforce}, false)`,
      ownerId: connections.ownerId,
      ownerName: people.displayName,
      serviceName: connections.name,
      environmentId: connections.environmentId,
      environmentName: environments.name,
      userDisplayName: connections.userDisplayName,
      consentedAt: connections.consentedAt,
    })
    .from(connections)
    .innerJoin(environments, eq(environments.id, connections.environmentId))
    .leftJoin(people, eq(people.id, connections.ownerId))
    .where(
      and(
        // Other flows have no refresh token, and only those are counted.
        eq(connections.flow, 'authorization_code'),
        or(ne(connections.state, 'disconnected'), eq(connections.revocation, 'unconfirmed')),
        or(not(sql`coalesce(${endedBySalesforce}, false)`), justEnded ? endedJustNow : sql`false`),
        isOneOf(users, connections),
      ),
    );
  return rows.map(({ state, ...row }) => ({
    ...row,
    ending: state === 'disconnecting' || state === 'disconnected',
  }));
}

/** One that Orgdock gave up on counts until it has been idle for as long as the app allows. */
const mayLiveOn = sql`${strayGrants.outcome} = 'gave_up' AND coalesce(
  ${strayGrants.createdAt} + ${environments.idleLimitDays} * interval '1 day' > orgdock.now(), true)`;

async function listStray(tx: Tx, users: readonly UserOfApp[]): Promise<LiveGrant[]> {
  // What became stray was consented to before; the act that stored it says when.
  const consented = tx
    .select({ at: auditLog.at })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.subjectType, 'connection'),
        eq(auditLog.subjectId, strayGrants.connectionId),
        sql`${auditLog.action} IN ('connection.connect', 'connection.reconnect')`,
        sql`${auditLog.details}->>'grantId' = ${strayGrants.grantId}::text`,
      ),
    )
    .limit(1);
  const rows = await tx
    .select({
      grantId: strayGrants.grantId,
      generation: strayGrants.generation,
      orgId: sql<string>`${strayGrants.orgId}`,
      salesforceUserId: sql<string>`${strayGrants.salesforceUserId}`,
      clientId: strayGrants.clientId,
      environmentId: strayGrants.environmentId,
      environmentName: environments.name,
      consentedAt: sql`coalesce((${consented}), ${strayGrants.createdAt})`.mapWith(strayGrants.createdAt),
    })
    .from(strayGrants)
    .innerJoin(environments, eq(environments.id, strayGrants.environmentId))
    .where(and(or(isNull(strayGrants.finishedAt), mayLiveOn), isOneOf(users, strayGrants)));
  const nobodys = {
    connectionId: null,
    ending: true,
    hasEnded: false,
    ownerId: null,
    ownerName: null,
    serviceName: null,
    userDisplayName: null,
  };
  return rows.map((row) => ({ ...nobodys, ...row }));
}

function isOneOf(users: readonly UserOfApp[], of: typeof connections | typeof strayGrants): SQL | undefined {
  return or(
    ...users.map(({ orgId, salesforceUserId, clientId }) =>
      and(eq(of.orgId, orgId), eq(of.salesforceUserId, salesforceUserId), eq(of.clientId, clientId)),
    ),
  );
}
