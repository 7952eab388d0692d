'use server';

import { revalidatePath } from 'next/cache';
import type { ActionResult, Answer } from '@/components/forms/action-result';
import { listKnownNames } from '@/lib/broker/connections/known-names';
import { checkCall } from '@/lib/broker/dry-run/check-call';
import type { DryRun } from '@/lib/broker/dry-run/types';
import { changePolicy, createKey, renameKey, revokeKey } from '@/lib/broker/keys/commands';
import { retireSecret, rotateKey } from '@/lib/broker/keys/rotation';
import { parseKeyForm } from '@/lib/broker/keys/schema';
import type { ShownSecret } from '@/lib/broker/keys/types';
import type { KnownName } from '@/lib/broker/types';
import { personAction } from '@/lib/session/action';
import { requireFresh } from '@/lib/session/context';

/** The pages that show keys: below the account and below the administration. */
function showAgain(): void {
  revalidatePath('/account/api-keys', 'layout');
  revalidatePath('/admin/api-keys', 'layout');
}

/** Makes a key of mine and answers its secret, this once. */
export async function createKeyAction(form: FormData): Promise<Answer<ShownSecret>> {
  return personAction({}, async (ctx) => {
    const input = Object.fromEntries(form);
    // Wrong input is said first: nobody should prove who they are for a form that cannot be saved.
    parseKeyForm(input);
    requireFresh(ctx);
    return await createKey(ctx, input);
  });
}

/** Gives a key of mine another name. */
export async function renameKeyAction(id: string, form: FormData): Promise<ActionResult> {
  return personAction({}, async (ctx) => {
    await renameKey(ctx, { id: String(id), name: form.get('name') });
    showAgain();
  });
}

/** Changes what a key may do. More than before asks for a fresh sign-in; less does not. */
export async function changeKeyPolicyAction(id: string, form: FormData): Promise<ActionResult> {
  return personAction({}, async (ctx) => {
    await changePolicy(ctx, { id: String(id), form: Object.fromEntries(form) }, () => requireFresh(ctx));
    showAgain();
  });
}

/** Makes a second secret of a key of mine and answers it, this once. */
export async function rotateKeyAction(id: string, form: FormData): Promise<Answer<ShownSecret>> {
  return personAction({ fresh: true }, async (ctx) => {
    const made = await rotateKey(ctx, { id: String(id), overlap: form.get('overlap') });
    showAgain();
    return made;
  });
}

/** Takes the secret before a rotation out of use at once. */
export async function retireKeySecretAction(id: string, prefix: string): Promise<ActionResult> {
  return personAction({}, async (ctx) => {
    await retireSecret(ctx, { id: String(id), prefix: String(prefix) });
    showAgain();
  });
}

/** Ends a key for good. It takes away only, so it must never wait for a sign-in. */
export async function revokeKeyAction(id: string): Promise<ActionResult> {
  return personAction({}, async (ctx) => {
    await revokeKey(ctx, String(id));
    showAgain();
  });
}

/** Tells whether a call would be allowed. It changes nothing, and makes no call but describes. */
export async function dryRunAction(id: string, form: FormData): Promise<Answer<DryRun>> {
  return personAction({}, (ctx) => checkCall(ctx, String(id), Object.fromEntries(form)));
}

/** Objects or fields to offer while a policy is written, from what was read before. Salesforce is asked nothing. */
export async function listKnownNamesAction(asked: unknown): Promise<Answer<KnownName[]>> {
  return personAction({}, (ctx) => listKnownNames(ctx, asked));
}
