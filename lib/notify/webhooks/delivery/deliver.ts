import { and, eq, sql } from 'drizzle-orm';
import { Webhook } from 'standardwebhooks';
import { type Tx, withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import {
  webhookDeliveries,
  webhookEndpoints,
  webhookSecrets,
  webhookTries,
} from '@/db/schema/broker/webhooks';
import { appendAudit } from '@/lib/audit/append';
import { postJson } from '@/lib/egress/post-json';
import { toProblem } from '@/lib/errors';
import { retryAfterMs } from '@/lib/notify/webhooks/delivery/retry-after';
import { giveUpWaiting } from '@/lib/notify/webhooks/endpoint-row';
import { openWebhookSecret } from '@/lib/notify/webhooks/secret';
import { enqueue } from '@/lib/queue/enqueue';

const TIMEOUT_MS = 10_000;
const ANSWER_CHARACTERS = 500;
/** Standard Webhooks: the receiver does not want any more. */
const GONE = 410;

interface Due {
  endpointId: string;
  url: string;
  eventId: string;
  payload: string;
  secret: string;
  previousSecret: string | null;
}

/**
 * Sends an event to its receiver, and writes down what came of it; a failure is tried again by a later job. Nothing when it
 * is not due any more. The same event may be sent twice when the portal stops between sending and writing: receivers
 * tell by `webhook-id`.
 */
export async function deliver(deliveryId: string): Promise<void> {
  const due = await readDue(deliveryId);
  if (due === null) return;
  const started = performance.now();
  const outcome = await send(due);
  const milliseconds = Math.round(performance.now() - started);
  await record(deliveryId, due.endpointId, { ...outcome, milliseconds });
}

async function readDue(deliveryId: string): Promise<Due | null> {
  const [row] = await withSystem('webhook delivery', (tx) =>
    tx
      .select({
        endpointId: webhookEndpoints.id,
        url: webhookEndpoints.url,
        eventId: webhookDeliveries.eventId,
        payload: webhookDeliveries.payload,
        secret: webhookSecrets.secret,
        previousSecret: sql<string | null>`CASE WHEN ${webhookSecrets.previousUntil} > orgdock.now()
          THEN ${webhookSecrets.previousSecret} END`,
      })
      .from(webhookDeliveries)
      .innerJoin(webhookEndpoints, eq(webhookEndpoints.id, webhookDeliveries.endpointId))
      .innerJoin(webhookSecrets, eq(webhookSecrets.endpointId, webhookEndpoints.id))
      .where(
        and(
          eq(webhookDeliveries.id, deliveryId),
          eq(webhookDeliveries.state, 'waiting'),
          eq(webhookEndpoints.enabled, true),
        ),
      ),
  );
  return row ?? null;
}

type Outcome = { status: number | null; answer: string };

async function send(due: Due): Promise<Outcome> {
  const { url, eventId, payload } = due;
  const at = new Date();
  const headers = {
    'webhook-id': eventId,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': await signaturesOf(due, at),
    'user-agent': 'Orgdock-Webhooks/1',
  };
  try {
    const { status, text } = await postJson({ url, headers, body: payload, timeoutMs: TIMEOUT_MS });
    // PostgreSQL stores no null character: what was taken would never be written down, and be sent again.
    return { status, answer: text.replaceAll('\0', '').slice(0, ANSWER_CHARACTERS) };
  } catch (error) {
    return { status: null, answer: toProblem(error).message };
  }
}

/** One for each secret that receivers may know, separated by a space. */
async function signaturesOf(
  { endpointId, eventId, payload, secret, previousSecret }: Due,
  at: Date,
): Promise<string> {
  const secrets = [await openWebhookSecret(secret, endpointId, 'secret')];
  if (previousSecret !== null)
    secrets.push(await openWebhookSecret(previousSecret, endpointId, 'previous_secret'));
  return secrets.map((known) => new Webhook(known).sign(eventId, at, payload)).join(' ');
}

async function record(
  deliveryId: string,
  endpointId: string,
  tried: Outcome & { milliseconds: number },
): Promise<void> {
  await withSystem('webhook delivery', async (tx) => {
    await tx.insert(webhookTries).values({ deliveryId, ...tried });
    const delivered = tried.status !== null && tried.status >= 200 && tried.status < 300;
    const [row] = await tx
      .update(webhookDeliveries)
      .set({
        tries: sql`${webhookDeliveries.tries} + 1`,
        ...(delivered ? { state: 'delivered', finishedAt: databaseNow, nextAt: null } : {}),
      })
      .where(eq(webhookDeliveries.id, deliveryId))
      .returning({ tries: webhookDeliveries.tries });
    if (delivered || !row) return;
    const waitMs = tried.status === GONE ? null : retryAfterMs(row.tries, Math.random());
    await tx
      .update(webhookDeliveries)
      .set(
        waitMs === null
          ? { state: 'failed', finishedAt: databaseNow, nextAt: null }
          : { nextAt: sql`orgdock.now() + ${waitMs} * interval '1 millisecond'` },
      )
      .where(eq(webhookDeliveries.id, deliveryId));
    if (waitMs === null) await switchOff(tx, endpointId, tried.status === GONE);
    else
      await enqueue(
        tx,
        { task: 'webhook_delivery', payload: { deliveryId, endpointId } },
        { afterMs: waitMs },
      );
  });
}

/** A receiver that has not taken anything for as long as an event is tried is not asked any more. */
async function switchOff(tx: Tx, endpointId: string, gone: boolean): Promise<void> {
  const reason = gone
    ? 'The receiver answered 410 Gone: it does not want events any more.'
    : 'No event was taken for three days.';
  const [taken] = gone
    ? []
    : await tx
        .select({ id: webhookDeliveries.id })
        .from(webhookDeliveries)
        .where(
          and(
            eq(webhookDeliveries.endpointId, endpointId),
            eq(webhookDeliveries.state, 'delivered'),
            sql`${webhookDeliveries.finishedAt} > orgdock.now() - interval '3 days'`,
          ),
        )
        .limit(1);
  if (taken) return;
  const [was] = await tx
    .update(webhookEndpoints)
    .set({ enabled: false, disabledReason: reason })
    .where(and(eq(webhookEndpoints.id, endpointId), eq(webhookEndpoints.enabled, true)))
    .returning({ id: webhookEndpoints.id });
  // Somebody has switched it off meanwhile, or another delivery has.
  if (!was) return;
  await giveUpWaiting(tx, endpointId);
  await appendAudit(
    tx,
    { kind: 'system', reason: 'webhook delivery', request: null },
    {
      action: 'webhook.change',
      subjectId: endpointId,
      details: { before: { enabled: true }, after: { enabled: false, disabledReason: reason } },
    },
  );
}
