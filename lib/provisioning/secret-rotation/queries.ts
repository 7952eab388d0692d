import { and, desc, eq, isNull, ne } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { environmentSecrets, environments } from '@/db/schema/environments';
import { people } from '@/db/schema/people';
import { secretRotations } from '@/db/schema/provisioning';
import type { PersonContext } from '@/lib/context';
import { assertCustodian, notDeleted } from '@/lib/environments/queries';
import type { EnvironmentRow } from '@/lib/environments/transaction/lock-environment';
import { AppError } from '@/lib/errors';
import { readKnownBehaviour } from '@/lib/provisioning/secret-rotation/behaviour/known-behaviour';
import { readReach } from '@/lib/provisioning/secret-rotation/behaviour/read-reach';
import { findSetUpGrant } from '@/lib/provisioning/secret-rotation/org/rotation-client';
import type { SecretRotation, SecretRotationView } from '@/lib/provisioning/secret-rotation/types';

const MOST_EARLIER = 5;

/**
 * How the secret of an environment stands, for administrators and auditors: its age, the rotation that is open, and
 * whom applying may meet. Throws FORBIDDEN, NOT_FOUND.
 */
export async function getSecretRotation(ctx: PersonContext, slug: string): Promise<SecretRotationView> {
  assertCustodian(ctx);
  return await withSystem('secret rotation page', async (tx) => {
    const [row] = await tx
      .select({
        environment: environments,
        secretSince: environmentSecrets.updatedAt,
        previous: environmentSecrets.previousConsumerSecret,
      })
      .from(environments)
      .leftJoin(environmentSecrets, eq(environmentSecrets.environmentId, environments.id))
      .where(and(eq(environments.slug, slug), notDeleted));
    if (!row) throw new AppError('NOT_FOUND', 'There is no such environment.');
    const { environment, secretSince, previous } = row;
    const rotations = await readRotations(tx, environment.id);
    const isOpen = ({ retiredAt, cancelledAt }: SecretRotation) => retiredAt === null && cancelledAt === null;
    return {
      environmentName: environment.name,
      appType: environment.appType,
      isProduction: environment.isProduction,
      hasSecret: secretSince !== null && environment.clientType === 'confidential',
      secretSince: secretSince?.toISOString() ?? null,
      holdsPrevious: previous !== null,
      open: rotations.find(isOpen) ?? null,
      earlier: rotations.filter((rotation) => !isOpen(rotation)).slice(0, MOST_EARLIER),
      known: await readKnownBehaviour(tx, environment),
      reach: await readReach(tx, environment),
      canAskOrg: ctx.role === 'admin' && (await findSetUpGrant(tx, ctx, environment)) !== null,
      ownConnectionId: ctx.role === 'admin' ? await readOwn(tx, ctx, environment) : null,
    };
  });
}

async function readRotations(tx: Tx, environmentId: string): Promise<SecretRotation[]> {
  const rows = await tx
    .select({ rotation: secretRotations, startedBy: people.displayName })
    .from(secretRotations)
    .leftJoin(people, eq(people.id, secretRotations.startedBy))
    .where(eq(secretRotations.environmentId, environmentId))
    .orderBy(desc(secretRotations.stagedAt))
    .limit(MOST_EARLIER + 1);
  return rows.map(({ rotation, startedBy }) => ({
    id: rotation.id,
    source: rotation.source,
    startedBy,
    stagedAt: rotation.stagedAt.toISOString(),
    appliedAt: rotation.appliedAt?.toISOString() ?? null,
    orgRotated: rotation.orgRotated,
    behaviour: rotation.behaviour,
    behaviourEvidence: rotation.behaviourEvidence,
    retiredAt: rotation.retiredAt?.toISOString() ?? null,
    cancelledAt: rotation.cancelledAt?.toISOString() ?? null,
  }));
}

async function readOwn(tx: Tx, ctx: PersonContext, environment: EnvironmentRow): Promise<string | null> {
  const [row] = await tx
    .select({ id: connections.id })
    .from(connections)
    .where(
      and(
        eq(connections.environmentId, environment.id),
        eq(connections.ownerId, ctx.personId),
        eq(connections.state, 'idle'),
        ne(connections.purpose, 'bootstrap'),
        isNull(connections.disconnectedAt),
        eq(connections.tokenHost, environment.origin),
        eq(connections.clientId, environment.clientId),
      ),
    )
    .orderBy(desc(connections.retrievedAt))
    .limit(1);
  return row?.id ?? null;
}
