import type { z } from 'zod';
import type {
  ApiConnection,
  ApiConnectionDetail,
  ApiConnectionList,
  connectionFilterSchema,
} from '@/lib/broker/api-schemas/connections';
import type { BrokerCall } from '@/lib/broker/call/types';
import { cursorOf, inTime, readCursor } from '@/lib/broker/connections/cursor';
import { decidePlace } from '@/lib/broker/policy/decide';
import { getForecast } from '@/lib/connections/keep-alive/queries';
import { listConnections } from '@/lib/connections/queries';
import type { ConnectionSummary } from '@/lib/connections/types';

/** Id of an org as its first 15 characters: the rest only makes it safe where case is lost. */
const ORG_ID_LENGTH = 15;

/**
 * A page of the connections that a key may use, the oldest first, with what they are asked for by. One that is made or
 * ends meanwhile moves none of the others. Throws INVALID_INPUT for a cursor that is none.
 */
export async function listApiConnections(
  { ctx, key }: BrokerCall,
  filter: z.infer<typeof connectionFilterSchema>,
): Promise<ApiConnectionList> {
  const after = filter.cursor === undefined ? null : readCursor(filter.cursor);
  const found = (await listConnections(ctx))
    .filter(
      ({ id, alias, environment, health, orgId }) =>
        decidePlace(key.policy, { connectionId: id, environmentId: environment.id }).allowed &&
        (filter.environment === undefined || environment.slug === filter.environment) &&
        (filter.health === undefined || health === filter.health) &&
        (filter.alias === undefined || alias === filter.alias) &&
        (filter.org === undefined || isOrg(orgId, filter.org)),
    )
    .sort(inTime)
    .filter((connection) => after === null || inTime(connection, after) > 0);
  const page = found.slice(0, filter.limit);
  const last = page.at(-1);
  return {
    connections: page.map(toApi),
    next: last && found.length > page.length ? cursorOf(last) : null,
  };
}

/** One connection of a key with everything but its tokens, whatever its health. Throws what `BrokerCall.find` throws. */
export async function getApiConnection(
  call: BrokerCall,
  ref: string,
  environment: string | null,
): Promise<ApiConnectionDetail> {
  const connection = await call.find(ref, environment);
  const { apiVersion, instanceUrl, salesforceUserId, scopes, consentedAt } = connection;
  return {
    ...toApi(connection),
    ...{ apiVersion, instanceUrl, salesforceUserId, scopes, consentedAt },
    forecast: await getForecast(call.ctx, connection.id),
  };
}

function isOrg(orgId: string, wanted: string): boolean {
  return wanted.length >= ORG_ID_LENGTH && orgId.slice(0, wanted.length) === wanted;
}

function toApi(connection: ConnectionSummary): ApiConnection {
  const { alias, environment, problem, orgId, orgName, username, userDisplayName } = connection;
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
