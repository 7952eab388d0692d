import { and, asc, desc, eq, exists, ilike, inArray, or, type SQL, sql } from 'drizzle-orm';
import { type Tx, withActor, withCustody } from '@/db/client';
import { apiKeyDays, apiKeySecrets, apiKeys } from '@/db/schema/broker/keys';
import { connections } from '@/db/schema/connections';
import { people } from '@/db/schema/people';
import { toKey } from '@/lib/broker/keys/key-row';
import { readBoundConnection, readNames } from '@/lib/broker/keys/names';
import type { KeyListState } from '@/lib/broker/keys/schema';
import type { KeyDetail, KeyList } from '@/lib/broker/keys/types';
import type { ApiKey } from '@/lib/broker/types';
import type { PersonContext } from '@/lib/context';
import { assertRole, CUSTODIANS } from '@/lib/people/assert-role';
import { isId } from '@/lib/people/schema';

const PAGE_SIZE = 50;

/** Everybody's keys, for administrators and auditors; a page beyond the last is the last. Throws FORBIDDEN. */
export async function listKeys(ctx: PersonContext, state: KeyListState): Promise<KeyList> {
  assertRole(ctx, CUSTODIANS, 'see the API keys of others');
  return await withCustody(ctx, async (tx) => {
    const where = matching(tx, state);
    const [counted] = await tx
      .select({ total: sql<number>`count(*)::int` })
      .from(apiKeys)
      .innerJoin(people, eq(people.id, apiKeys.ownerId))
      .where(where);
    const total = counted?.total ?? 0;
    const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
    const page = Math.min(state.page, pages);
    const keys = await readKeys(tx, where, { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE });
    return { keys, names: await readNames(tx, keys), total, page, pages };
  });
}

/** One's own keys, those that are in use first. */
export async function listOwnKeys(ctx: PersonContext): Promise<Pick<KeyList, 'keys' | 'names'>> {
  return await withActor(ctx, async (tx) => {
    const keys = await readKeys(tx, eq(apiKeys.ownerId, ctx.personId));
    return { keys, names: await readNames(tx, keys) };
  });
}

/** A key for its owner, an administrator or an auditor; null for everybody else, and for a made-up id. */
export async function getKey(ctx: PersonContext, id: string): Promise<KeyDetail | null> {
  if (!isId(id)) return null;
  const isStaff = CUSTODIANS.includes(ctx.role);
  return await (isStaff ? withCustody : withActor)(ctx, async (tx) => {
    const mine = isStaff ? undefined : eq(apiKeys.ownerId, ctx.personId);
    const [key] = await readKeys(tx, and(eq(apiKeys.id, id), mine));
    if (!key) return null;
    return {
      key,
      names: await readNames(tx, [key]),
      isOwn: key.owner.id === ctx.personId,
      boundTo: await readBoundConnection(tx, key.policy),
      today: await readToday(tx, id),
    };
  });
}

async function readToday(tx: Tx, keyId: string): Promise<KeyDetail['today']> {
  const day = new Date().toISOString().slice(0, 10);
  const [row] = await tx
    .select({ calls: apiKeyDays.calls, rows: apiKeyDays.rows })
    .from(apiKeyDays)
    .where(and(eq(apiKeyDays.keyId, keyId), eq(apiKeyDays.day, day)));
  return row ?? { calls: 0, rows: 0 };
}

/** SQL: as `ApiKey.state`. Auditors read no records, so their keys are as dead as those of somebody who has left. */
const stateOf = sql<ApiKey['state']>`CASE
  WHEN ${apiKeys.revokedAt} IS NOT NULL THEN 'revoked'
  WHEN ${apiKeys.expiresAt} <= orgdock.now() THEN 'expired'
  WHEN ${people.deactivatedAt} IS NOT NULL OR ${people.role} = 'auditor' THEN 'owner_inactive'
  ELSE 'active' END`;

/** Those that work come first, then by name. */
const ORDER = [
  desc(sql`${stateOf} = 'active'`),
  asc(sql`lower(${apiKeys.name})`),
  asc(apiKeys.createdAt),
  asc(apiKeys.id),
];

async function readKeys(
  tx: Tx,
  where: SQL | undefined,
  window: { limit: number; offset: number } | null = null,
): Promise<ApiKey[]> {
  const rows = tx
    .select({ key: apiKeys, state: stateOf, owner: people.displayName })
    .from(apiKeys)
    .innerJoin(people, eq(people.id, apiKeys.ownerId))
    .where(where)
    .orderBy(...ORDER)
    .$dynamic();
  const found = await (window ? rows.limit(window.limit).offset(window.offset) : rows);
  const secrets = await readSecrets(
    tx,
    found.map(({ key }) => key.id),
  );
  return found.map((row) => toKey(row, secrets.get(row.key.id) ?? []));
}

/** The secrets that work, the newest first. */
async function readSecrets(tx: Tx, keyIds: string[]) {
  const byKey = new Map<string, Array<typeof apiKeySecrets.$inferSelect>>();
  if (keyIds.length === 0) return byKey;
  const works = or(sql`${apiKeySecrets.retiresAt} IS NULL`, sql`${apiKeySecrets.retiresAt} > orgdock.now()`);
  const rows = await tx
    .select()
    .from(apiKeySecrets)
    .where(and(inArray(apiKeySecrets.keyId, keyIds), works))
    .orderBy(desc(apiKeySecrets.createdAt));
  for (const row of rows) byKey.set(row.keyId, [...(byKey.get(row.keyId) ?? []), row]);
  return byKey;
}

function matching(tx: Tx, { q, state, environment }: KeyListState): SQL | undefined {
  return and(
    state === null ? sql`${stateOf} <> 'revoked'` : state === 'all' ? undefined : sql`${stateOf} = ${state}`,
    q === '' ? undefined : contains(tx, q),
    environment === null ? undefined : mayActIn(tx, environment),
  );
}

function contains(tx: Tx, q: string): SQL | undefined {
  const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  const secret = tx
    .select({ one: sql`1` })
    .from(apiKeySecrets)
    .where(and(eq(apiKeySecrets.keyId, apiKeys.id), ilike(apiKeySecrets.prefix, pattern)));
  return or(ilike(apiKeys.name, pattern), ilike(people.displayName, pattern), exists(secret));
}

/** SQL: the policy names this environment or one of its connections, or limits neither. */
function mayActIn(tx: Tx, environmentId: string): SQL | undefined {
  const named = (list: string) => sql`${apiKeys.policy} -> ${sql.raw(`'${list}'`)}`;
  const isOpen = (list: string) => sql`jsonb_typeof(${named(list)}) IS DISTINCT FROM 'array'`;
  const connection = tx
    .select({ one: sql`1` })
    .from(connections)
    .where(
      and(
        eq(connections.environmentId, environmentId),
        sql`${named('connections')} ? ${connections.id}::text`,
      ),
    );
  return and(
    or(isOpen('environments'), sql`${named('environments')} ? ${environmentId}::text`),
    or(isOpen('connections'), exists(connection)),
  );
}
