import { and, arrayContains, eq, isNull, lte, or } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { webhookDeliveries, webhookEndpoints } from '@/db/schema/broker/webhooks';
import type { EventData } from '@/lib/notify/webhooks/events/payload';
import type { TEST_EVENT, WebhookEvent, WebhookPayload } from '@/lib/notify/webhooks/types';
import { enqueue } from '@/lib/queue/enqueue';

interface RaisedEvent extends EventData {
  event: WebhookEvent | typeof TEST_EVENT;
  /** The same event has the same id, so that it goes to a receiver once. */
  eventId: string;
  at: Date;
}

/** Has an event sent to everybody who listens for it since before it happened, in the caller's transaction. */
export async function addDeliveries(tx: Tx, raised: RaisedEvent): Promise<void> {
  const { environmentId } = raised;
  const rows = await tx
    .select({ id: webhookEndpoints.id })
    .from(webhookEndpoints)
    .where(
      and(
        eq(webhookEndpoints.enabled, true),
        arrayContains(webhookEndpoints.events, [raised.event]),
        lte(webhookEndpoints.createdAt, raised.at),
        or(
          isNull(webhookEndpoints.environmentId),
          environmentId === null ? undefined : eq(webhookEndpoints.environmentId, environmentId),
        ),
      ),
    );
  for (const { id } of rows) await addDelivery(tx, id, raised);
}

/** Has an event sent to one receiver; nothing when it has been before. */
export async function addDelivery(tx: Tx, endpointId: string, raised: RaisedEvent): Promise<void> {
  const { event, eventId, at, data } = raised;
  const payload: WebhookPayload = { type: event, timestamp: at.toISOString(), data };
  const [row] = await tx
    .insert(webhookDeliveries)
    .values({ endpointId, eventId, event, payload: JSON.stringify(payload) })
    .onConflictDoNothing()
    .returning({ id: webhookDeliveries.id });
  if (row) await enqueue(tx, { task: 'webhook_delivery', payload: { deliveryId: row.id, endpointId } });
}
