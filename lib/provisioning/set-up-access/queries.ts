import { and, asc, desc, eq, or, sql } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { connections, environments } from '@/db/schema';
import { appChanged } from '@/lib/connections/app-change';
import { requireOwnConnection } from '@/lib/connections/queries';
import { setUpClient } from '@/lib/connections/salesforce-client';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { isOpen } from '@/lib/people/access/is-open';
import { deployApiVersionOf } from '@/lib/provisioning/app-pack/app-pack';
import type { AppEnvironment } from '@/lib/provisioning/app-pack/types';
import {
  assertOrgKnown,
  inOrgOf,
  isInOrgOf,
  type OrgTarget,
} from '@/lib/provisioning/set-up-access/in-org-of';
import type { SetUpAccess } from '@/lib/provisioning/set-up-access/types';
import type { SalesforceClient } from '@/lib/salesforce/types';

/**
 * How the administrator who asks gets into the org of an environment: their own live grants there, set-up access first,
 * and the environments through whose app such access can be given.
 */
export async function listSetUpAccess(ctx: PersonContext, environment: OrgTarget): Promise<SetUpAccess> {
  return await withActor(ctx, async (tx) => {
    const ways = await tx
      .select({ slug: environments.slug, name: environments.name })
      .from(environments)
      .where(
        and(
          isOpen,
          or(
            eq(environments.origin, environment.origin),
            environment.expectedOrgId === null
              ? undefined
              : eq(environments.expectedOrgId, environment.expectedOrgId),
          ),
        ),
      )
      .orderBy(asc(environments.name), asc(environments.slug));
    const rows = await tx
      .select({
        id: connections.id,
        purpose: connections.purpose,
        username: connections.username,
        orgName: connections.orgName,
        environmentName: environments.name,
        usable: sql<boolean>`${connections.state} IN ('idle', 'refreshing', 'uncertain') AND NOT ${appChanged}`,
        consentedAt: connections.consentedAt,
      })
      .from(connections)
      .innerJoin(environments, eq(environments.id, connections.environmentId))
      .where(
        and(
          eq(connections.ownerId, ctx.personId),
          eq(connections.flow, 'authorization_code'),
          sql`${connections.state} NOT IN ('disconnected', 'disconnecting')`,
          inOrgOf(environment),
        ),
      )
      .orderBy(asc(connections.purpose), desc(connections.consentedAt));
    return {
      ways,
      connections: rows.map(({ consentedAt, ...row }) => ({ ...row, since: consentedAt.toISOString() })),
    };
  });
}

/** A grant that may set up the app of an environment, with a client for its org. */
export interface SetUpClient {
  connectionId: string;
  orgId: string;
  client: SalesforceClient;
}

/**
 * The client for one's own grant in the org of the environment. One that records are read with has to be confirmed.
 * Throws NOT_FOUND, CONFLICT (another org, or not known which), INVALID_INPUT (not confirmed).
 */
export async function requireSetUpClient(
  ctx: PersonContext,
  environment: AppEnvironment,
  chosen: { connectionId: string; runtimeConfirmed: boolean },
): Promise<SetUpClient> {
  const connection = await requireOwnConnection(ctx, chosen.connectionId);
  const { orgId, instanceUrl, purpose } = connection;
  const { origin, name } = environment;
  assertOrgKnown(environment);
  if (!isInOrgOf(environment, connection)) {
    throw new AppError('CONFLICT', `This connection leads to another org than ${name}.`, {
      nextStep: `Give set-up access in the org of ${name}.`,
      details: { connection: instanceUrl, environment: origin },
    });
  }
  if (purpose === 'runtime' && !chosen.runtimeConfirmed) {
    throw new AppError('INVALID_INPUT', 'This connection was given to read records.', {
      nextStep: 'Confirm that it may set the app up as well, or give set-up access.',
      details: { runtimeConfirmed: 'Confirm this, or choose set-up access.' },
    });
  }
  return {
    connectionId: connection.id,
    orgId,
    client: {
      ...setUpClient(connection, ctx.personId),
      apiVersion: deployApiVersionOf(environment.apiVersion),
    },
  };
}
