import { and, desc, eq } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { appDeployments, connections } from '@/db/schema';
import type { PersonContext } from '@/lib/context';
import { assertRole, CUSTODIANS } from '@/lib/people/assert-role';
import type { Deployment } from '@/lib/provisioning/deployment/types';

/** The newest deployment of an environment's app, for administrators and auditors; null: there was none. Throws FORBIDDEN. */
export async function getDeployment(ctx: PersonContext, environmentId: string): Promise<Deployment | null> {
  assertRole(ctx, CUSTODIANS, 'see the deployments of apps');
  const [row] = await withActor(ctx, (tx) =>
    tx
      .select({ deployment: appDeployments, purpose: connections.purpose, state: connections.state })
      .from(appDeployments)
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
  return {
    ...rest,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    canDisconnect:
      row.purpose === 'bootstrap' && row.state !== 'disconnected' && row.state !== 'disconnecting',
  };
}
