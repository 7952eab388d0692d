import { and, desc, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import { type Tx, withActor } from '@/db/client';
import {
  webhookDeliveries,
  webhookEndpoints,
  webhookSecrets,
  webhookTries,
} from '@/db/schema/broker/webhooks';
import { environments } from '@/db/schema/environments';
import type { PersonContext } from '@/lib/context';
import type {
  DeliveryPage,
  WebhookDelivery,
  WebhookEndpoint,
  WebhookEvent,
} from '@/lib/notify/webhooks/types';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PAGE_SIZE = 50;

/** All receivers, the newest first, for administrators and auditors; row-level security shows none to others. */
export function listWebhooks(ctx: PersonContext): Promise<WebhookEndpoint[]> {
  return withActor(ctx, async (tx) => {
    const rows = await selectEndpoints(tx).orderBy(
      desc(webhookEndpoints.createdAt),
      desc(webhookEndpoints.id),
    );
    return await withCounts(tx, rows);
  });
}

/** Null: there is none of this id. */
export async function getWebhook(ctx: PersonContext, id: string): Promise<WebhookEndpoint | null> {
  if (!UUID.test(id)) return null;
  return await withActor(ctx, async (tx) => {
    const rows = await selectEndpoints(tx).where(eq(webhookEndpoints.id, id));
    return (await withCounts(tx, rows))[0] ?? null;
  });
}

/** Until when the secret before signs as well, as an ISO instant; null: there is one only. */
export async function readPreviousUntil(ctx: PersonContext, id: string): Promise<string | null> {
  const [row] = await withActor(ctx, (tx) =>
    tx
      .select({ until: webhookSecrets.previousUntil })
      .from(webhookSecrets)
      .where(and(eq(webhookSecrets.endpointId, id), gt(webhookSecrets.previousUntil, sql`orgdock.now()`))),
  );
  return row?.until?.toISOString() ?? null;
}

/** Deliveries to one receiver, the newest first, each with its tries. `before`: from a page before. */
export async function listDeliveries(
  ctx: PersonContext,
  endpointId: string,
  before: string | null,
): Promise<DeliveryPage> {
  const until = before !== null && Number.isFinite(Date.parse(before)) ? new Date(before) : null;
  return await withActor(ctx, async (tx) => {
    const rows = await tx
      .select()
      .from(webhookDeliveries)
      .where(
        and(
          eq(webhookDeliveries.endpointId, endpointId),
          until === null ? undefined : lt(webhookDeliveries.createdAt, until),
        ),
      )
      .orderBy(desc(webhookDeliveries.createdAt), desc(webhookDeliveries.id))
      .limit(PAGE_SIZE);
    const tries = await readTries(
      tx,
      rows.map(({ id }) => id),
    );
    const deliveries = rows.map(({ id, eventId, event, payload, createdAt, state, nextAt }) => ({
      id,
      eventId,
      event,
      payload,
      state,
      createdAt: createdAt.toISOString(),
      nextAt: nextAt?.toISOString() ?? null,
      tries: tries.get(id) ?? [],
    }));
    return { deliveries, next: rows.length < PAGE_SIZE ? null : (deliveries.at(-1)?.createdAt ?? null) };
  });
}

function selectEndpoints(tx: Tx) {
  return tx
    .select({ endpoint: webhookEndpoints, environmentName: environments.name })
    .from(webhookEndpoints)
    .leftJoin(environments, eq(environments.id, webhookEndpoints.environmentId))
    .$dynamic();
}

type EndpointRow = Awaited<ReturnType<typeof selectEndpoints>>[number];

async function withCounts(tx: Tx, rows: EndpointRow[]): Promise<WebhookEndpoint[]> {
  const counts = await countToday(
    tx,
    rows.map(({ endpoint }) => endpoint.id),
  );
  return rows.map(({ endpoint, environmentName }) => ({
    id: endpoint.id,
    url: endpoint.url,
    description: endpoint.description,
    events: endpoint.events as WebhookEvent[],
    environment:
      endpoint.environmentId === null ? null : { id: endpoint.environmentId, name: environmentName ?? '' },
    enabled: endpoint.enabled,
    disabledReason: endpoint.disabledReason,
    createdAt: endpoint.createdAt.toISOString(),
    today: counts.get(endpoint.id) ?? { delivered: 0, waiting: 0, failed: 0 },
  }));
}

async function countToday(tx: Tx, ids: string[]): Promise<Map<string, WebhookEndpoint['today']>> {
  const counts = new Map<string, WebhookEndpoint['today']>();
  if (ids.length === 0) return counts;
  const rows = await tx
    .select({
      endpointId: webhookDeliveries.endpointId,
      state: webhookDeliveries.state,
      count: sql<number>`count(*)::int`,
    })
    .from(webhookDeliveries)
    .where(
      and(
        inArray(webhookDeliveries.endpointId, ids),
        gt(webhookDeliveries.createdAt, sql`(SELECT orgdock.now()) - interval '24 hours'`),
      ),
    )
    .groupBy(webhookDeliveries.endpointId, webhookDeliveries.state);
  for (const { endpointId, state, count } of rows) {
    const today = counts.get(endpointId) ?? { delivered: 0, waiting: 0, failed: 0 };
    counts.set(endpointId, { ...today, [state]: count });
  }
  return counts;
}

async function readTries(tx: Tx, deliveryIds: string[]): Promise<Map<string, WebhookDelivery['tries']>> {
  const tries = new Map<string, WebhookDelivery['tries']>();
  if (deliveryIds.length === 0) return tries;
  const rows = await tx
    .select()
    .from(webhookTries)
    .where(inArray(webhookTries.deliveryId, deliveryIds))
    .orderBy(webhookTries.id);
  for (const { id, deliveryId, at, status, milliseconds, answer } of rows) {
    const known = tries.get(deliveryId) ?? [];
    tries.set(deliveryId, [...known, { id, at: at.toISOString(), status, milliseconds, answer }]);
  }
  return tries;
}
