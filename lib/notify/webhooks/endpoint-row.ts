import { and, eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { webhookDeliveries, webhookEndpoints } from '@/db/schema/broker/webhooks';
import { environments } from '@/db/schema/environments';
import { AppError } from '@/lib/errors';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MOST_ENDPOINTS = 50;

/** A receiver, held until the end of the transaction. Throws NOT_FOUND. */
export async function lockEndpoint(tx: Tx, id: string): Promise<typeof webhookEndpoints.$inferSelect> {
  const [row] = UUID.test(id)
    ? await tx.select().from(webhookEndpoints).where(eq(webhookEndpoints.id, id)).for('update')
    : [];
  if (!row) throw new AppError('NOT_FOUND', 'There is no such webhook.');
  return row;
}

/** Throws CONFLICT when there are as many as one portal should look after. */
export async function assertRoom(tx: Tx): Promise<void> {
  if ((await tx.$count(webhookEndpoints)) < MOST_ENDPOINTS) return;
  throw new AppError('CONFLICT', `There are ${MOST_ENDPOINTS} webhooks already.`, {
    nextStep: 'Delete one that nobody needs any more.',
  });
}

/** Throws INVALID_INPUT for an environment that is not there. */
export async function assertEnvironment(tx: Tx, environmentId: string | null): Promise<void> {
  if (environmentId === null || (await tx.$count(environments, eq(environments.id, environmentId))) > 0)
    return;
  throw new AppError('INVALID_INPUT', 'The webhook was not saved: some fields need another look.', {
    details: { environmentId: 'This environment is not there any more.' },
  });
}

/** What waits for a receiver is not sent any more. */
export async function giveUpWaiting(tx: Tx, endpointId: string): Promise<void> {
  await tx
    .update(webhookDeliveries)
    .set({ state: 'failed', nextAt: null, finishedAt: databaseNow })
    .where(and(eq(webhookDeliveries.endpointId, endpointId), eq(webhookDeliveries.state, 'waiting')));
}

/** For what needs a receiver that is on. */
export function switchedOff(): AppError {
  return new AppError('CONFLICT', 'This webhook is switched off.', { nextStep: 'Switch it on first.' });
}
