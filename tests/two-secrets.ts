import { eq } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { environmentSecrets } from '@/db/schema';
import { seal } from '@/lib/vault/seal';

/** Makes `next` the present consumer secret of an environment and keeps `before` beside it, as applying does. */
export async function holdTwoSecrets(environmentId: string, next: string, before: string): Promise<void> {
  const place = { table: 'environment_secrets', rowId: environmentId } as const;
  const consumerSecret = await seal(next, { ...place, column: 'consumer_secret' });
  const previousConsumerSecret = await seal(before, { ...place, column: 'previous_consumer_secret' });
  await withSystem('test', (tx) =>
    tx
      .update(environmentSecrets)
      .set({ consumerSecret, previousConsumerSecret })
      .where(eq(environmentSecrets.environmentId, environmentId)),
  );
}

/** Which secrets lie in the vault for an environment. */
export async function heldSecrets(environmentId: string): Promise<{ previous: boolean; staged: boolean }> {
  const [row] = await withSystem('test', (tx) =>
    tx.select().from(environmentSecrets).where(eq(environmentSecrets.environmentId, environmentId)),
  );
  return {
    previous: typeof row?.previousConsumerSecret === 'string',
    staged: typeof row?.stagedConsumerSecret === 'string',
  };
}
