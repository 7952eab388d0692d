import { eq, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { appObservations } from '@/db/schema';

/** It lies beside what the org says of the app. */
const NAME = 'waiting.clientId';

/**
 * Keeps the consumer key that the org gave without its secret, while the environment is in use with another key: both
 * take the place of the present ones together, or neither does.
 */
export async function keepWaitingKey(tx: Tx, environmentId: string, clientId: string): Promise<void> {
  const facts = { [NAME]: clientId };
  await tx
    .insert(appObservations)
    .values({ environmentId, facts })
    .onConflictDoUpdate({
      target: appObservations.environmentId,
      set: { facts: sql`${appObservations.facts} || ${JSON.stringify(facts)}::jsonb` },
    });
}

/** Forgets it: key and secret were entered. */
export async function forgetWaitingKey(tx: Tx, environmentId: string): Promise<void> {
  await tx
    .update(appObservations)
    .set({ facts: sql`${appObservations.facts} - ${NAME}::text` })
    .where(eq(appObservations.environmentId, environmentId));
}

/** The key that waits for its secret, of the facts of an observation; null: none does. */
export function waitingKeyOf(facts: Record<string, unknown> | null): string | null {
  const key = facts?.[NAME];
  return typeof key === 'string' ? key : null;
}
