import { eq, inArray } from 'drizzle-orm';
import { type Tx, withActor } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import type { ConnectionOfKeys, KeyChoices, KeyDetail, KeyNames } from '@/lib/broker/keys/types';
import type { ApiKey, KeyPolicy } from '@/lib/broker/types';
import { listGrantsOf } from '@/lib/connections/custody/list-grants';
import { listConnections } from '@/lib/connections/queries';
import type { PersonContext } from '@/lib/context';
import { listConnectableEnvironments } from '@/lib/environments/queries';

/** What the ids in policies stand for, as far as the reader of this transaction may see it. */
export async function readNames(tx: Tx, keys: ReadonlyArray<Pick<ApiKey, 'policy'>>): Promise<KeyNames> {
  const environmentIds = keys.flatMap(({ policy }) => policy.environments ?? []);
  const connectionIds = keys.flatMap(({ policy }) => policy.connections ?? []);
  const named =
    environmentIds.length === 0
      ? []
      : await tx
          .select({ id: environments.id, name: environments.name })
          .from(environments)
          .where(inArray(environments.id, [...new Set(environmentIds)]));
  const held = await readConnections(tx, connectionIds);
  return {
    environments: Object.fromEntries(named.map(({ id, name }) => [id, name])),
    connections: Object.fromEntries(held.map(({ id, label }) => [id, label])),
  };
}

/** The one connection that a policy names, if it names one. */
export async function readBoundConnection(tx: Tx, policy: KeyPolicy): Promise<KeyDetail['boundTo']> {
  const [only, ...others] = policy.connections ?? [];
  if (only === undefined || others.length > 0) return null;
  const [row] = await tx
    .select({ id: connections.id, alias: connections.alias, apiVersion: environments.apiVersion })
    .from(connections)
    .innerJoin(environments, eq(environments.id, connections.environmentId))
    .where(eq(connections.id, only));
  return row ?? null;
}

/**
 * What the owner of a key may use. For a key of somebody else, whose grants an administrator or auditor then looks at:
 * that is audited.
 */
export async function listKeyChoices(ctx: PersonContext, ownerId: string): Promise<KeyChoices> {
  const isOwn = ownerId === ctx.personId;
  const open = await listConnectableEnvironments(ctx);
  const held = isOwn
    ? (await listConnections(ctx)).filter(({ environment }) => open.some(({ id }) => id === environment.id))
    : await listGrantsOf(ctx, ownerId);
  const ids = held.filter(({ health }) => !ENDED.has(health)).map(({ id }) => id);
  const environmentIds = [
    ...new Set([...open, ...held.map(({ environment }) => environment)].map(({ id }) => id)),
  ];
  return await withActor(ctx, async (tx) => ({
    environments: await readEnvironments(tx, environmentIds),
    connections: isOwn ? await readConnections(tx, ids) : toChoices(held, ids),
  }));
}

const ENDED = new Set(['disconnected', 'revoking']);

type Held = Awaited<ReturnType<typeof listGrantsOf>>;

/** Another's connections are seen in custody only, which has no alias. */
function toChoices(
  held: Pick<Held[number], 'id' | 'environment' | 'username'>[],
  ids: string[],
): ConnectionOfKeys[] {
  return held
    .filter(({ id }) => ids.includes(id))
    .map(({ id, environment, username }) => ({
      id,
      alias: null,
      environmentId: environment.id,
      label: labelOf(environment.name, null, username),
    }));
}

async function readEnvironments(tx: Tx, ids: string[]): Promise<KeyChoices['environments']> {
  if (ids.length === 0) return [];
  const rows = await tx.select().from(environments).where(inArray(environments.id, ids));
  return ids
    .flatMap((id) => rows.filter((row) => row.id === id))
    .map(({ id, name, kind, color, allowRawTokens }) => ({
      id,
      name,
      kind,
      color: color as KeyChoices['environments'][number]['color'],
      allowsRawTokens: allowRawTokens,
    }));
}

async function readConnections(tx: Tx, ids: string[]): Promise<ConnectionOfKeys[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select({ connection: connections, environment: environments.name })
    .from(connections)
    .innerJoin(environments, eq(environments.id, connections.environmentId))
    .where(inArray(connections.id, ids));
  return [...new Set(ids)]
    .flatMap((id) => rows.filter(({ connection }) => connection.id === id))
    .map(({ connection, environment }) => ({
      id: connection.id,
      alias: connection.alias,
      environmentId: connection.environmentId,
      label: labelOf(environment, connection.name, connection.username),
    }));
}

const labelOf = (environment: string, name: string | null, username: string) =>
  `${environment}: ${name ?? username}`;
