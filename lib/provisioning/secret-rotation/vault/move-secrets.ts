import { eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { environmentSecrets, environments } from '@/db/schema/environments';
import { AppError } from '@/lib/errors';
import { open, seal } from '@/lib/vault/seal';

type Column = 'consumer_secret' | 'previous_consumer_secret' | 'staged_consumer_secret';

/** The secrets of an environment, opened; null: not held. The row is locked. Throws CONFLICT without a secret. */
export async function openSecrets(tx: Tx, environmentId: string) {
  const [row] = await tx
    .select()
    .from(environmentSecrets)
    .where(eq(environmentSecrets.environmentId, environmentId))
    .for('update');
  if (!row) throw noSecret();
  const read = async (sealed: string | null, column: Column) =>
    sealed === null ? null : await open(sealed, place(environmentId, column));
  return {
    present: await open(row.consumerSecret, place(environmentId, 'consumer_secret')),
    previous: await read(row.previousConsumerSecret, 'previous_consumer_secret'),
    staged: await read(row.stagedConsumerSecret, 'staged_consumer_secret'),
    since: row.updatedAt,
  };
}

/** Lays the next secret beside the present one; null takes it away. */
export async function storeStaged(tx: Tx, environmentId: string, secret: string | null): Promise<void> {
  const stagedConsumerSecret =
    secret === null ? null : await seal(secret, place(environmentId, 'staged_consumer_secret'));
  await tx
    .update(environmentSecrets)
    .set({ stagedConsumerSecret })
    .where(eq(environmentSecrets.environmentId, environmentId));
}

/**
 * The staged secret becomes the present one, the present one the one before. A refusal of the app so far is forgotten:
 * it was one of the old secret. Answers since when the old one was in use. Throws CONFLICT when nothing is staged or
 * the one before is still held.
 */
export async function moveForward(tx: Tx, environmentId: string): Promise<Date> {
  const { present, previous, staged, since } = await openSecrets(tx, environmentId);
  if (staged === null) throw new AppError('CONFLICT', 'No secret is staged any more.', RELOAD);
  if (previous !== null) throw stillUnconfirmed();
  await tx
    .update(environmentSecrets)
    .set({
      consumerSecret: await seal(staged, place(environmentId, 'consumer_secret')),
      previousConsumerSecret: await seal(present, place(environmentId, 'previous_consumer_secret')),
      stagedConsumerSecret: null,
      updatedAt: databaseNow,
    })
    .where(eq(environmentSecrets.environmentId, environmentId));
  await tx.update(environments).set({ updatedAt: databaseNow }).where(eq(environments.id, environmentId));
  return since;
}

/**
 * The secret before becomes the present one again. `keep`: the new one waits as staged, else it is deleted. `since`:
 * when the one before came into use, as far as that is still known. Throws CONFLICT when the one before is gone, because
 * Salesforce has accepted the new one.
 */
export async function moveBack(
  tx: Tx,
  environmentId: string,
  { keep, since }: { keep: boolean; since: Date | null },
): Promise<void> {
  const { present, previous } = await openSecrets(tx, environmentId);
  if (previous === null) {
    throw new AppError(
      'CONFLICT',
      'Salesforce has accepted the new secret, and the one before was deleted.',
      {
        nextStep: 'Reload the page. To change the secret again, stage another one.',
      },
    );
  }
  await tx
    .update(environmentSecrets)
    .set({
      consumerSecret: await seal(previous, place(environmentId, 'consumer_secret')),
      previousConsumerSecret: null,
      stagedConsumerSecret: keep ? await seal(present, place(environmentId, 'staged_consumer_secret')) : null,
      updatedAt: since ?? databaseNow,
    })
    .where(eq(environmentSecrets.environmentId, environmentId));
  await tx.update(environments).set({ updatedAt: databaseNow }).where(eq(environments.id, environmentId));
}

const RELOAD = { nextStep: 'Reload the page and look at it again.' };

const place = (rowId: string, column: Column) => ({ table: 'environment_secrets', column, rowId }) as const;

/** Three secrets cannot be told apart by one further try. */
export function stillUnconfirmed(): AppError {
  return new AppError('CONFLICT', 'Salesforce has not accepted the present secret yet.', {
    nextStep: 'Wait for the next refresh, or refresh one connection now, then stage another secret.',
  });
}

function noSecret(): AppError {
  return new AppError('CONFLICT', 'This environment has no consumer secret.', {
    nextStep: 'A public client has none. Otherwise enter it on the environment’s page first.',
  });
}
