import { and, desc, eq } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { appDeployments, appObservations, connections, environments } from '@/db/schema';
import type { PersonContext } from '@/lib/context';
import { assertRole, CUSTODIANS } from '@/lib/people/assert-role';
import type { Deployment } from '@/lib/provisioning/deployment/types';
import { waitingKeyOf } from '@/lib/provisioning/deployment/waiting-key';

/** The newest deployment of an environment's app, for administrators and auditors; null: there was none. Throws FORBIDDEN. */
export async function getDeployment(ctx: PersonContext, environmentId: string): Promise<Deployment | null> {
  assertRole(ctx, CUSTODIANS, 'see the deployments of apps');
  const [row] = await withActor(ctx, (tx) =>
    tx
      .select({
        deployment: appDeployments,
        purpose: connections.purpose,
        state: connections.state,
        facts: appObservations.facts,
        clientId: environments.clientId,
      })
      .from(appDeployments)
      .innerJoin(environments, eq(environments.id, appDeployments.environmentId))
      .leftJoin(appObservations, eq(appObservations.environmentId, appDeployments.environmentId))
      // Row-level security shows only one's own grants.
      .leftJoin(
        connections,
        and(eq(connections.id, appDeployments.connectionId), eq(connections.ownerId, ctx.personId)),
      )
      .where(eq(appDeployments.environmentId, environmentId))
      .orderBy(desc(appDeployments.startedAt), desc(appDeployments.id))
      .limit(1),
  );
  if (!row) return null;
  const {
    startedAt,
    finishedAt,
    environmentId: _,
    startedBy: __,
    deployRequestId: ___,
    ...rest
  } = row.deployment;
  const waitingKey = waitingKeyOf(row.facts);
  return {
    ...rest,
    waitingKey: waitingKey === row.clientId ? null : waitingKey,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    canDisconnect:
      row.purpose === 'bootstrap' && row.state !== 'disconnected' && row.state !== 'disconnecting',
  };
}
