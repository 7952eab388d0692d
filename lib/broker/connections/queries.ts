import { inArray } from 'drizzle-orm';
import type { z } from 'zod';
import { withActor } from '@/db/client';
import { connections } from '@/db/schema/connections';
import type {
  ApiConnection,
  ApiConnectionDetail,
  connectionFilterSchema,
} from '@/lib/broker/api-schemas/connections';
import type { BrokerCall } from '@/lib/broker/call/types';
import { decidePlace } from '@/lib/broker/policy/decide';
import { getForecast } from '@/lib/connections/keep-alive/queries';
import { listConnections } from '@/lib/connections/queries';
import type { ConnectionSummary } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';

/** Id of an org as its first 15 characters: the rest only makes it safe where case is lost. */
const ORG_ID_LENGTH = 15;

/** The connections that a key may use, as its owner's list has them, with what they are asked for by. */
export async function listApiConnections(
  { ctx, key }: BrokerCall,
  filter: z.infer<typeof connectionFilterSchema>,
): Promise<ApiConnection[]> {
  const found = (await listConnections(ctx)).filter(
    ({ id, environment, health, orgId }) =>
      decidePlace(key.policy, { connectionId: id, environmentId: environment.id }).allowed &&
      (filter.environment === undefined || environment.slug === filter.environment) &&
      (filter.health === undefined || health === filter.health) &&
      (filter.org === undefined || isOrg(orgId, filter.org)),
  );
  const aliases = await readAliases(
    ctx,
    found.map(({ id }) => id),
  );
  return found
    .map((connection) => toApi(connection, aliases.get(connection.id) ?? null))
    .filter(({ alias }) => filter.alias === undefined || alias === filter.alias);
}

/** One connection of a key with everything but its tokens, whatever its health. Throws what `BrokerCall.find` throws. */
export async function getApiConnection(
  call: BrokerCall,
  ref: string,
  environment: string | null,
): Promise<ApiConnectionDetail> {
  const connection = await call.find(ref, environment);
  const aliases = await readAliases(call.ctx, [connection.id]);
  const { apiVersion, instanceUrl, salesforceUserId, scopes, consentedAt } = connection;
  return {
    ...toApi(connection, aliases.get(connection.id) ?? null),
    ...{ apiVersion, instanceUrl, salesforceUserId, scopes, consentedAt },
    forecast: await getForecast(call.ctx, connection.id),
  };
}

function isOrg(orgId: string, wanted: string): boolean {
  return wanted.length >= ORG_ID_LENGTH && orgId.slice(0, wanted.length) === wanted;
}

async function readAliases(ctx: PersonContext, ids: string[]): Promise<Map<string, string | null>> {
  if (ids.length === 0) return new Map();
  const rows = await withActor(ctx, (tx) =>
    tx
      .select({ id: connections.id, alias: connections.alias })
      .from(connections)
      .where(inArray(connections.id, ids)),
  );
  return new Map(rows.map(({ id, alias }) => [id, alias]));
}

function toApi(connection: ConnectionSummary, alias: string | null): ApiConnection {
  const { environment, problem, orgId, orgName, username, userDisplayName } = connection;
  const { id, slug, name, kind, isProduction } = environment;
  return {
    id: connection.id,
    alias,
    environment: { id, slug, name, kind, isProduction },
    org: { id: orgId, name: orgName },
    user: { username, displayName: userDisplayName },
    kind: connection.service === null ? 'own' : 'service',
    health: connection.health,
    problem: problem && {
      code: problem.code,
      message: problem.message,
      nextStep: problem.nextStep,
      at: problem.at,
      salesforce: problem.salesforce && {
        error: problem.salesforce.error,
        description: problem.salesforce.description,
        status: problem.salesforce.status,
      },
    },
    createdAt: connection.createdAt,
    lastUsedAt: connection.lastUsedAt,
  };
}
