'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { ActionResult, Answer } from '@/components/forms/action-result';
import {
  changeNamedQuery,
  createNamedQuery,
  deleteNamedQuery,
  enableNamedQuery,
} from '@/lib/broker/named-queries/commands';
import { inspectDraft } from '@/lib/broker/named-queries/schema';
import type { SoqlInspection } from '@/lib/broker/named-queries/types';
import { personAction } from '@/lib/session/action';

const LIST = '/admin/api-keys/queries';

/** Of everything that the fields of the editor are called, what a query is made of. */
function inputOf(form: FormData): Record<string, unknown> {
  const names = ['name', 'description', 'soql', 'parameters'];
  return Object.fromEntries(names.flatMap((name) => (form.has(name) ? [[name, form.get(name)]] : [])));
}

/** Looks at a query while it is written. */
export async function inspectQueryAction(form: FormData): Promise<Answer<SoqlInspection>> {
  return personAction({ role: 'admin' }, () => inspectDraft(inputOf(form)));
}

/** Adds a query and opens its page. */
export async function createQueryAction(form: FormData): Promise<ActionResult> {
  const result = await personAction({ role: 'admin' }, (ctx) => createNamedQuery(ctx, inputOf(form)));
  if (!result.ok) return result;
  redirect(`${LIST}/${result.value.name}`);
}

/** Changes a query. */
export async function changeQueryAction(name: string, form: FormData): Promise<ActionResult> {
  return personAction({ role: 'admin' }, async (ctx) => {
    await changeNamedQuery(ctx, { name: String(name), form: inputOf(form) });
    revalidatePath(LIST, 'layout');
  });
}

/** Switches a query on or off. */
export async function enableQueryAction(name: string, enabled: boolean): Promise<ActionResult> {
  return personAction({ role: 'admin' }, async (ctx) => {
    await enableNamedQuery(ctx, { name: String(name), enabled: enabled === true });
    revalidatePath(LIST, 'layout');
  });
}

/** Deletes a query, or the administrators' version of a ready-made one, and goes back to the list. */
export async function deleteQueryAction(name: string): Promise<ActionResult> {
  const result = await personAction({ role: 'admin' }, (ctx) => deleteNamedQuery(ctx, String(name)));
  if (!result.ok) return result;
  redirect(LIST);
}
