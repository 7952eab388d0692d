import { withSystem } from '@/db/client';
import { addDeliveries } from '@/lib/notify/webhooks/delivery/add-deliveries';
import { dataOfEnvironment } from '@/lib/notify/webhooks/events/payload';
import type { PayloadOf } from '@/lib/queue/schema';

/** Tells receivers, once a day and org, that few of its API calls are left. */
export async function raiseBudgetLow({
  environmentId,
  orgId,
  day,
  used,
  max,
}: PayloadOf<'budget_low'>): Promise<void> {
  await withSystem('webhook events', async (tx) => {
    const about = await dataOfEnvironment(tx, environmentId);
    if (about === null) return;
    const data = { ...about.data, org: { id: orgId }, budget: { used, max, left: Math.max(0, max - used) } };
    const eventId = `evt_budget_${orgId}_${day}`;
    await addDeliveries(tx, { event: 'budget.low', eventId, at: new Date(), environmentId, data });
  });
}
