'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { ActionResult, Answer } from '@/components/forms/action-result';
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  enableWebhook,
  replayDelivery,
  rotateWebhookSecret,
  testWebhook,
} from '@/lib/notify/webhooks/commands';
import { parseWebhookForm } from '@/lib/notify/webhooks/schema';
import { personAction } from '@/lib/session/action';
import { requireFresh } from '@/lib/session/context';

function inputOf(form: FormData): Record<string, unknown> {
  const { events: _, ...fields } = Object.fromEntries(form);
  return { ...fields, events: form.getAll('events') };
}

/** Adds a receiver; its signing secret is in this answer and nowhere else. */
export async function createWebhookAction(form: FormData): Promise<Answer<{ id: string; secret: string }>> {
  return personAction({ role: 'admin' }, (ctx) => {
    const input = inputOf(form);
    parseWebhookForm(input);
    requireFresh(ctx);
    return createWebhook(ctx, input);
  });
}

/** Changes what a receiver is told, or where it is. */
export async function changeWebhookAction(id: string, form: FormData): Promise<ActionResult> {
  return personAction({ role: 'admin' }, async (ctx) => {
    const input = inputOf(form);
    parseWebhookForm(input);
    requireFresh(ctx);
    await changeWebhook(ctx, { id: String(id), form: input });
    revalidatePath('/admin/webhooks', 'layout');
  });
}

/** Switches a receiver on or off. */
export async function enableWebhookAction(id: string, enabled: boolean): Promise<ActionResult> {
  return personAction({ role: 'admin' }, async (ctx) => {
    await enableWebhook(ctx, { id: String(id), enabled: enabled === true });
    revalidatePath('/admin/webhooks', 'layout');
  });
}

/** Makes the next signing secret; it is in this answer and nowhere else. */
export async function rotateWebhookSecretAction(id: string): Promise<Answer<{ secret: string }>> {
  return personAction({ role: 'admin', fresh: true }, async (ctx) => {
    const made = await rotateWebhookSecret(ctx, String(id));
    revalidatePath('/admin/webhooks', 'layout');
    return made;
  });
}

/** Sends an event that means nothing. */
export async function testWebhookAction(id: string): Promise<ActionResult> {
  return personAction({ role: 'admin' }, async (ctx) => {
    await testWebhook(ctx, String(id));
    revalidatePath('/admin/webhooks', 'layout');
  });
}

/** Sends an event again. */
export async function replayDeliveryAction(id: string, deliveryId: string): Promise<ActionResult> {
  return personAction({ role: 'admin' }, async (ctx) => {
    await replayDelivery(ctx, { id: String(id), deliveryId: String(deliveryId) });
    revalidatePath('/admin/webhooks', 'layout');
  });
}

/** Deletes a receiver and goes back to the list. */
export async function deleteWebhookAction(id: string): Promise<ActionResult> {
  const result = await personAction({ role: 'admin', fresh: true }, (ctx) => deleteWebhook(ctx, String(id)));
  if (!result.ok) return result;
  redirect('/admin/webhooks');
}
