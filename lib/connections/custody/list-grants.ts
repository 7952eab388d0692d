import { and, asc, desc, eq, ilike, ne, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { type Tx, withCustody } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { people } from '@/db/schema/people';
import { appendAudit } from '@/lib/audit/append';
import { appChanged } from '@/lib/connections/app-change';
import type { GrantListState, GrantSortKey } from '@/lib/connections/custody/schema';
import { toForecast } from '@/lib/connections/custody/to-forecast';
import { healthOf } from '@/lib/connections/problem';
import { leaseIsLive } from '@/lib/connections/refresh/lease';
import type { GrantRow } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { summaryColumns } from '@/lib/environments/queries';
import { assertRole, CUSTODIANS } from '@/lib/people/assert-role';

const PAGE_SIZE = 50;

export interface GrantList {
  grants: GrantRow[];
  total: number;
  page: number;
  pages: number;
}

const owner = alias(people, 'owner');
const user = alias(people, 'last_user');

/**
 * Every grant in custody, whosever it is, for administrators and auditors; a page beyond the last is the last. That
 * somebody looked is audited in the same transaction. Throws FORBIDDEN.
 */
export async function listGrants(ctx: PersonContext, state: GrantListState): Promise<GrantList> {
  assertRole(ctx, CUSTODIANS, 'see the grants of others');
  return await withCustody(ctx, async (tx) => {
    const where = matching(state);
    const [counted] = await tx
      .select({ total: sql<number>`count(*)::int` })
      .from(connections)
      .innerJoin(environments, eq(environments.id, connections.environmentId))
      .leftJoin(owner, eq(owner.id, connections.ownerId))
      .where(where);
    const total = counted?.total ?? 0;
    const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
    const page = Math.min(state.page, pages);
    const rows = await selectGrants(tx)
      .where(where)
      .orderBy(...orderOf(state.sort), asc(connections.id))
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE);
    const { environment, health } = state;
    await appendAudit(tx, ctx, {
      action: 'custody.list',
      subjectId: 'connections',
      details: { environment, health, page, shown: rows.length },
    });
    return { grants: rows.map(toGrant), total, page, pages };
  });
}

/**
 * What a person holds, for administrators and auditors; what has ended for certain is left out. That somebody looked at
 * another's is audited in the same transaction. Throws FORBIDDEN.
 */
export async function listGrantsOf(ctx: PersonContext, personId: string): Promise<GrantRow[]> {
  assertRole(ctx, CUSTODIANS, 'see the grants of others');
  return await withCustody(ctx, async (tx) => {
    const rows = await selectGrants(tx)
      .where(and(eq(connections.ownerId, personId), holdsGrant))
      .orderBy(asc(environments.name), asc(connections.createdAt), asc(connections.id));
    if (personId !== ctx.personId) {
      await appendAudit(tx, ctx, {
        action: 'person.view_grants',
        subjectId: personId,
        details: { shown: rows.length },
      });
    }
    return rows.map(toGrant);
  });
}

function selectGrants(tx: Tx) {
  return tx
    .select({
      connection: connections,
      environment: summaryColumns,
      idleLimitDays: environments.idleLimitDays,
      absoluteLimitDays: environments.absoluteLimitDays,
      leaseIsLive,
      appChanged,
      owner: owner.displayName,
      lastUsedBy: user.displayName,
    })
    .from(connections)
    .innerJoin(environments, eq(environments.id, connections.environmentId))
    .leftJoin(owner, eq(owner.id, connections.ownerId))
    .leftJoin(user, eq(user.id, connections.lastUsedBy))
    .$dynamic();
}

function toGrant(row: Awaited<ReturnType<typeof selectGrants>>[number]): GrantRow {
  const { connection } = row;
  const outdated = connection.state === 'idle' && row.appChanged;
  return {
    id: connection.id,
    environment: row.environment,
    owner: row.owner,
    name: connection.name,
    orgId: connection.orgId,
    orgName: connection.orgName,
    username: connection.username,
    purpose: connection.purpose,
    health: outdated ? 'needs_reconnect' : healthOf({ ...connection, leaseIsLive: row.leaseIsLive }),
    scopes: connection.scopes,
    generation: connection.generation,
    retrievedAt: connection.retrievedAt.toISOString(),
    lastUsedAt: connection.lastUsedAt?.toISOString() ?? null,
    lastUsedBy: row.lastUsedBy,
    forecast: toForecast(connection, row),
  };
}

/** SQL for what `healthOf` says, so that the database can filter by it. */
export const health = sql<string>`CASE ${connections.state}
  WHEN 'idle' THEN CASE WHEN ${appChanged} THEN 'needs_reconnect'
                        WHEN ${connections.problemCode} IS NULL THEN 'healthy' ELSE 'app_refused' END
  WHEN 'refreshing' THEN CASE WHEN ${leaseIsLive} THEN 'refreshing' ELSE 'unknown' END
  WHEN 'uncertain' THEN 'unknown'
  WHEN 'needs_reconnect' THEN 'needs_reconnect'
  WHEN 'disconnecting' THEN CASE WHEN ${connections.revocation} = 'pending' AND ${leaseIsLive}
                                 THEN 'revoking' ELSE 'disconnected' END
  ELSE 'disconnected' END`;

/** SQL: it does not work, and it has not ended. */
export const needsAttention = sql`${health} IN ('app_refused', 'unknown', 'needs_reconnect')`;

/** A connection whose end is settled holds no grant: only who asks for those sees it. */
const holdsGrant = or(ne(connections.state, 'disconnected'), eq(connections.revocation, 'unconfirmed'));

function matching(state: GrantListState): SQL | undefined {
  return and(
    state.health === null
      ? holdsGrant
      : state.health === 'needs_attention'
        ? needsAttention
        : eq(health, state.health),
    state.environment === null ? undefined : eq(environments.slug, state.environment),
    state.q === '' ? undefined : contains(state.q),
  );
}

function contains(q: string): SQL | undefined {
  const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  const { orgName, orgId, username, userDisplayName, name } = connections;
  const columns = [orgName, orgId, username, userDisplayName, name, owner.displayName, environments.name];
  return or(...columns.map((column) => ilike(column, pattern)));
}

const endsAt = sql`CASE WHEN ${connections.flow} = 'authorization_code'
    AND ${connections.state} IN ('idle', 'refreshing', 'uncertain') THEN least(
  ${connections.retrievedAt} + ${environments.idleLimitDays} * interval '24 hours',
  ${connections.consentedAt} + ${environments.absoluteLimitDays} * interval '24 hours') END`;

const COLUMNS: Record<GrantSortKey, SQL[]> = {
  environment: [sql`lower(${environments.name})`, sql`lower(${owner.displayName})`],
  owner: [sql`lower(coalesce(${owner.displayName}, ${connections.name}))`],
  org: [sql`lower(${connections.orgName})`, sql`lower(${connections.username})`],
  retrieved: [sql`${connections.retrievedAt}`],
  used: [sql`${connections.lastUsedAt}`],
  ends: [endsAt],
  generation: [sql`${connections.generation}`],
};

/** What is not known comes last, whichever way. */
function orderOf({ key, descending }: GrantListState['sort']): SQL[] {
  const order = descending ? desc : asc;
  return COLUMNS[key].map((column) => sql`${order(column)} NULLS LAST`);
}
