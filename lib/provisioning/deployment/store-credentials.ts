import { eq, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connections } from '@/db/schema/connections';
import { environmentSecrets, environments } from '@/db/schema/environments';
import { appendAudit } from '@/lib/audit/append';
import type { Context } from '@/lib/context';
import { storeSecret } from '@/lib/environments/commands';
import { environmentDeleted } from '@/lib/environments/deleted';
import { assertNoRotation } from '@/lib/environments/secret/open-rotation';
import { AppError } from '@/lib/errors';
import { keepWaitingKey } from '@/lib/provisioning/deployment/waiting-key';
import { isInOrgOf } from '@/lib/provisioning/set-up-access/in-org-of';

export type AppCredentials = {
  environmentId: string;
  /** Consumer key. */
  clientId: string;
  /** Consumer secret; null: not known now. */
  secret: string | null;
} & (
  | { from: 'typed' }
  /** Read from the org that this grant leads to. */
  | { from: 'org'; connectionId: string | null }
);

/**
 * Stores key and secret of an app; a draft that is complete with them becomes active. False, and nothing is changed:
 * the environment is in use with another key, to which its stored secret belongs, and the new secret is missing.
 * A public client gets no secret. In a transaction that may write secrets. Throws NOT_FOUND, ENVIRONMENT_DELETED,
 * CONFLICT while the secret is rotated or when they were read from another org than the environment leads to now.
 */
export async function storeAppCredentials(tx: Tx, ctx: Context, given: AppCredentials): Promise<boolean> {
  const { environmentId, clientId, from } = given;
  const [row] = await tx
    .select()
    .from(environments)
    .where(eq(environments.id, environmentId))
    .for('no key update');
  if (!row) throw new AppError('NOT_FOUND', 'There is no such environment.');
  if (row.deletedAt !== null) throw environmentDeleted(row.name);
  if (given.from === 'org') await assertOrgStays(tx, row, given.connectionId);
  const secret = row.clientType === 'public' ? null : given.secret;
  const secretOf = eq(environmentSecrets.environmentId, environmentId);
  const moved = row.clientId !== clientId;
  const keepsSecret = !moved && (await tx.$count(environmentSecrets, secretOf)) > 0;
  const whole = row.clientType === 'public' || secret !== null || keepsSecret;
  if (moved && !whole && row.status !== 'draft') {
    if (from === 'org') await keepWaitingKey(tx, environmentId, clientId);
    return false;
  }
  if (moved || secret !== null) await assertNoRotation(tx, environmentId);
  // A secret is never sent for a key that it was not given for.
  if (moved && secret === null) await tx.delete(environmentSecrets).where(secretOf);
  if (secret !== null) await storeSecret(tx, environmentId, secret, !moved);
  const activated = row.status === 'draft' && whole && row.origin !== '';
  await tx
    .update(environments)
    .set({
      clientId,
      ...(activated ? { status: 'active' as const } : {}),
      ...(moved ? { appChangedAt: databaseNow } : {}),
      updatedAt: databaseNow,
    })
    .where(eq(environments.id, environmentId));
  await appendAudit(tx, ctx, {
    action: 'environment.app_credentials',
    subjectId: environmentId,
    details: { from, clientId, clientIdBefore: row.clientId, secretStored: secret !== null, activated },
  });
  return true;
}

/** The environment may have been moved while its app was deployed. */
async function assertOrgStays(
  tx: Tx,
  environment: typeof environments.$inferSelect,
  connectionId: string | null,
): Promise<void> {
  const [grant] = await tx
    .select({
      orgId: connections.orgId,
      instanceUrl: connections.instanceUrl,
    })
    .from(connections)
    .where(sql`${connections.id} = ${connectionId}`);
  if (grant && isInOrgOf(environment, grant)) return;
  throw new AppError('CONFLICT', `${environment.name} leads to another org than its app was deployed to.`, {
    nextStep:
      'Nothing of that app was stored. Deploy the app again to the org of now, and delete the other one in Setup.',
  });
}
