import type { Tx } from '@/db/client';
import { type EnvironmentRow, lockEnvironment } from '@/lib/environments/transaction/lock-environment';
import { AppError } from '@/lib/errors';

/** As `lockEnvironment`, but refuses a public client, which has no secret to rotate. Throws NOT_FOUND, CONFLICT. */
export async function lockConfidential(tx: Tx, slug: string): Promise<EnvironmentRow> {
  const row = await lockEnvironment(tx, slug);
  if (row.clientType === 'confidential') return row;
  throw new AppError('CONFLICT', 'This environment is a public client, which has no secret.', {
    nextStep: 'Change the client type on the environment’s form first, if the app has a secret.',
  });
}
