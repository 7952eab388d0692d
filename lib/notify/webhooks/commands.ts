import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { webhookDeliveries, webhookEndpoints, webhookSecrets } from '@/db/schema/broker/webhooks';
import { appendAudit } from '@/lib/audit/append';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { addDelivery } from '@/lib/notify/webhooks/delivery/add-deliveries';
import {
  assertEnvironment,
  assertRoom,
  giveUpWaiting,
  lockEndpoint,
  switchedOff,
} from '@/lib/notify/webhooks/endpoint-row';
import { parseWebhookForm } from '@/lib/notify/webhooks/schema';
import { makeWebhookSecret, openWebhookSecret, sealWebhookSecret } from '@/lib/notify/webhooks/secret';
import { TEST_EVENT } from '@/lib/notify/webhooks/types';
import { assertRole } from '@/lib/people/assert-role';
import { enqueue } from '@/lib/queue/enqueue';

/** How long the secret before signs as well. */
const OVERLAP_HOURS = 24;
const ADMINISTER = 'administer webhooks';

/** A receiver, with its signing secret, which is shown now and never again. */
export interface CreatedWebhook {
  id: string;
  secret: string;
}

/** Adds a receiver. Throws INVALID_INPUT, FORBIDDEN, CONFLICT (too many). */
export async function createWebhook(ctx: PersonContext, input: unknown): Promise<CreatedWebhook> {
  assertRole(ctx, ['admin'], ADMINISTER);
  const form = parseWebhookForm(input);
  const id = randomUUID();
  const secret = makeWebhookSecret();
  const sealed = await sealWebhookSecret(secret, id, 'secret');
  await withActor(ctx, async (tx) => {
    await assertRoom(tx);
    await assertEnvironment(tx, form.environmentId);
    await tx.insert(webhookEndpoints).values({ ...form, id, createdBy: ctx.personId });
    await tx.insert(webhookSecrets).values({ endpointId: id, secret: sealed });
    const { url, events, environmentId } = form;
    await appendAudit(tx, ctx, {
      action: 'webhook.create',
      subjectId: id,
      details: { url, events, environmentId },
    });
    // From now on the audit log is read for it.
    await enqueue(tx, { task: 'webhook_events', payload: {} });
  });
  return { id, secret };
}

/** Changes what a receiver is told, or where it is. Throws INVALID_INPUT, FORBIDDEN, NOT_FOUND. */
export async function changeWebhook(ctx: PersonContext, input: { id: string; form: unknown }): Promise<void> {
  assertRole(ctx, ['admin'], ADMINISTER);
  const form = parseWebhookForm(input.form);
  await withActor(ctx, async (tx) => {
    await assertEnvironment(tx, form.environmentId);
    const before = await lockEndpoint(tx, input.id);
    await tx.update(webhookEndpoints).set(form).where(eq(webhookEndpoints.id, input.id));
    const { url, description, events, environmentId } = before;
    const details = { before: { url, description, events, environmentId }, after: { ...form } };
    await appendAudit(tx, ctx, { action: 'webhook.change', subjectId: input.id, details });
  });
}

/** Switches a receiver on or off; what waits for one that is switched off is given up. Throws FORBIDDEN, NOT_FOUND. */
export async function enableWebhook(
  ctx: PersonContext,
  { id, enabled }: { id: string; enabled: boolean },
): Promise<void> {
  assertRole(ctx, ['admin'], ADMINISTER);
  await withActor(ctx, async (tx) => {
    const before = await lockEndpoint(tx, id);
    if (before.enabled === enabled) return;
    await tx
      .update(webhookEndpoints)
      .set({ enabled, disabledReason: null })
      .where(eq(webhookEndpoints.id, id));
    if (enabled) await enqueue(tx, { task: 'webhook_events', payload: {} });
    else await giveUpWaiting(tx, id);
    const details = { before: { enabled: before.enabled }, after: { enabled } };
    await appendAudit(tx, ctx, { action: 'webhook.change', subjectId: id, details });
  });
}

/** A new signing secret, shown once; the one before signs as well for a day. Throws FORBIDDEN, NOT_FOUND. */
export async function rotateWebhookSecret(
  ctx: PersonContext,
  id: string,
): Promise<{ secret: string; previousUntil: string }> {
  assertRole(ctx, ['admin'], ADMINISTER);
  const secret = makeWebhookSecret();
  const sealed = await sealWebhookSecret(secret, id, 'secret');
  return await withActor(ctx, async (tx) => {
    const { url } = await lockEndpoint(tx, id);
    const [held] = await tx
      .select()
      .from(webhookSecrets)
      .where(eq(webhookSecrets.endpointId, id))
      .for('update');
    if (!held) throw new AppError('NOT_FOUND', 'There is no such webhook.');
    const before = await openWebhookSecret(held.secret, id, 'secret');
    const previousSecret = await sealWebhookSecret(before, id, 'previous_secret');
    const [row] = await tx
      .update(webhookSecrets)
      .set({
        secret: sealed,
        previousSecret,
        previousUntil: sql`orgdock.now() + ${OVERLAP_HOURS} * interval '1 hour'`,
      })
      .where(eq(webhookSecrets.endpointId, id))
      .returning({ until: webhookSecrets.previousUntil });
    const previousUntil = row?.until?.toISOString() ?? '';
    await appendAudit(tx, ctx, {
      action: 'webhook.rotate_secret',
      subjectId: id,
      details: { url, previousUntil },
    });
    return { secret, previousUntil };
  });
}

/** Takes a receiver away, with the log of its deliveries. Throws FORBIDDEN, NOT_FOUND. */
export async function deleteWebhook(ctx: PersonContext, id: string): Promise<void> {
  assertRole(ctx, ['admin'], ADMINISTER);
  await withActor(ctx, async (tx) => {
    const { url } = await lockEndpoint(tx, id);
    await tx.delete(webhookEndpoints).where(eq(webhookEndpoints.id, id));
    await appendAudit(tx, ctx, { action: 'webhook.delete', subjectId: id, details: { url } });
  });
}

/** Sends an event that means nothing, to see whether the receiver works. Throws FORBIDDEN, NOT_FOUND, CONFLICT. */
export async function testWebhook(ctx: PersonContext, id: string): Promise<void> {
  assertRole(ctx, ['admin'], ADMINISTER);
  await withActor(ctx, async (tx) => {
    const { enabled } = await lockEndpoint(tx, id);
    if (!enabled) throw switchedOff();
    const data = { message: `A test, sent by ${ctx.displayName}.` };
    const eventId = `evt_test_${randomUUID()}`;
    await addDelivery(tx, id, { event: TEST_EVENT, eventId, at: new Date(), environmentId: null, data });
  });
}

/** Sends an event again under its id, whatever came of it before. Throws FORBIDDEN, NOT_FOUND, CONFLICT. */
export async function replayDelivery(
  ctx: PersonContext,
  input: { id: string; deliveryId: string },
): Promise<void> {
  assertRole(ctx, ['admin'], ADMINISTER);
  const { id, deliveryId } = input;
  await withActor(ctx, async (tx) => {
    const { enabled } = await lockEndpoint(tx, id);
    if (!enabled) throw switchedOff();
    const [row] = await tx
      .update(webhookDeliveries)
      .set({ state: 'waiting', tries: 0, nextAt: null, finishedAt: null })
      .where(and(eq(webhookDeliveries.id, deliveryId), eq(webhookDeliveries.endpointId, id)))
      .returning({ event: webhookDeliveries.event });
    if (!row) throw new AppError('NOT_FOUND', 'There is no such delivery.');
    await enqueue(tx, { task: 'webhook_delivery', payload: { deliveryId, endpointId: id } });
    await appendAudit(tx, ctx, {
      action: 'webhook.replay',
      subjectId: id,
      details: { deliveryId, event: row.event },
    });
  });
}
