'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { ActionResult } from '@/components/forms/action-result';
import {
  removeServiceConnection,
  renameServiceConnection,
  shareServiceConnection,
  shareWithEveryone,
  unshareServiceConnection,
} from '@/lib/connections/service/commands';
import { createServiceConnection } from '@/lib/connections/service/create-connection';
import { prepareServiceKey } from '@/lib/connections/service/keys/prepare-key';
import { renewServiceConnection } from '@/lib/connections/service/renew-connection';
import { parseCreateForm, parseRenewForm } from '@/lib/connections/service/schema';
import type { PersonContext } from '@/lib/context';
import { setPasswordFlow } from '@/lib/environments/password-flow';
import { personAction } from '@/lib/session/action';
import { requireFresh } from '@/lib/session/context';

/** What changes who can read what, or holds a secret: an administrator who has just said who they are. */
function freshAction(work: (ctx: PersonContext) => Promise<void>): Promise<ActionResult> {
  return personAction({ role: 'admin', fresh: true }, async (ctx) => {
    await work(ctx);
    revalidatePath('/', 'layout');
  });
}

/** Creates a service connection and opens its page. */
export async function createServiceAction(slug: string, form: FormData): Promise<ActionResult> {
  const result = await personAction({ role: 'admin' }, (ctx) => {
    const input = Object.fromEntries(form);
    // Wrong input is said first: nobody should prove who they are for a form that cannot be saved.
    parseCreateForm(input);
    requireFresh(ctx);
    return createServiceConnection(ctx, { slug: String(slug), form: input });
  });
  if (!result.ok) return result;
  redirect(`/admin/environments/${encodeURIComponent(slug)}/service/${result.value.id}`);
}

/** Proves a service connection anew, with the credentials of the form. */
export async function renewServiceAction(id: string, form: FormData): Promise<ActionResult> {
  return personAction({ role: 'admin' }, async (ctx) => {
    const input = Object.fromEntries(form);
    parseRenewForm(input);
    requireFresh(ctx);
    await renewServiceConnection(ctx, { id: String(id), form: input });
    revalidatePath('/', 'layout');
  });
}

/** Makes a key pair that waits for its certificate to be uploaded. */
export async function prepareServiceKeyAction(id: string): Promise<ActionResult> {
  return freshAction((ctx) => prepareServiceKey(ctx, String(id)));
}

/** Gives a service connection another name. */
export async function renameServiceAction(id: string, form: FormData): Promise<ActionResult> {
  return personAction({ role: 'admin' }, async (ctx) => {
    await renameServiceConnection(ctx, { id: String(id), name: form.get('name') });
    revalidatePath('/', 'layout');
  });
}

/** Shares a service connection with one person. */
export async function shareServiceAction(id: string, form: FormData): Promise<ActionResult> {
  return freshAction((ctx) =>
    shareServiceConnection(ctx, { id: String(id), person: String(form.get('person') ?? '') }),
  );
}

/** Takes a service connection away from one person. */
export async function unshareServiceAction(id: string, personId: string): Promise<ActionResult> {
  return freshAction((ctx) => unshareServiceConnection(ctx, { id: String(id), personId: String(personId) }));
}

/** Shares a service connection with everyone, or no longer. */
export async function shareWithEveryoneAction(id: string, everyone: boolean): Promise<ActionResult> {
  return freshAction((ctx) => shareWithEveryone(ctx, { id: String(id), everyone: everyone === true }));
}

/** Removes a service connection and goes back to its environment. */
export async function removeServiceAction(slug: string, id: string): Promise<ActionResult> {
  const result = await freshAction((ctx) => removeServiceConnection(ctx, String(id)));
  if (!result.ok) return result;
  redirect(`/admin/environments/${encodeURIComponent(slug)}`);
}

/** Allows the username-password flow in an environment, or stops it. */
export async function setPasswordFlowAction(slug: string, allowed: boolean): Promise<ActionResult> {
  return freshAction((ctx) => setPasswordFlow(ctx, { slug: String(slug), allowed: allowed === true }));
}
