import { and, desc, eq, or } from 'drizzle-orm';
import { type Tx, withActor } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { requireOwnConnection } from '@/lib/connections/queries';
import { setUpClient } from '@/lib/connections/salesforce-client';
import type { ConnectionId, PersonContext } from '@/lib/context';
import type { EnvironmentRow } from '@/lib/environments/transaction/lock-environment';
import { AppError } from '@/lib/errors';
import { assertOrgKnown, inOrgOf } from '@/lib/provisioning/set-up-access/in-org-of';
import type { SalesforceClient } from '@/lib/salesforce/types';

type Target = Pick<EnvironmentRow, 'origin' | 'expectedOrgId' | 'apiVersion'>;

/** Staged credentials came with API version 65. */
const OLDEST_API_VERSION = 65;

/** The administrator's own set-up grant in the org of an environment; null: they have none that works. */
export async function findSetUpGrant(
  tx: Tx,
  ctx: PersonContext,
  environment: Target,
): Promise<ConnectionId | null> {
  const [row] = await tx
    .select({ id: connections.id })
    .from(connections)
    .where(
      and(
        eq(connections.ownerId, ctx.personId),
        eq(connections.purpose, 'bootstrap'),
        or(eq(connections.state, 'idle'), eq(connections.state, 'refreshing')),
        inOrgOf(environment),
      ),
    )
    .orderBy(desc(connections.consentedAt))
    .limit(1);
  return (row?.id ?? null) as ConnectionId | null;
}

/** A client with that grant. Nobody acts with the grant of another administrator. Throws CONFLICT without one. */
export async function requireRotationClient(
  ctx: PersonContext,
  environment: Target,
): Promise<SalesforceClient> {
  assertOrgKnown(environment);
  const id = await withActor(ctx, (tx) => findSetUpGrant(tx, ctx, environment));
  if (id === null) {
    throw new AppError('CONFLICT', 'You have no set-up access in this org.', {
      nextStep:
        'Give set-up access as a Salesforce administrator on the App page of an External Client App in this org, or paste the secret instead.',
    });
  }
  const version = Math.max(OLDEST_API_VERSION, Number.parseFloat(environment.apiVersion));
  const connection = await requireOwnConnection(ctx, id);
  return { ...setUpClient(connection, ctx.personId), apiVersion: version.toFixed(1) };
}
