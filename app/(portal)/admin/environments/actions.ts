'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { HostAnswer } from '@/components/environments/fields/address-field';
import type { ActionResult } from '@/components/forms/action-result';
import { deleteEnvironment } from '@/lib/custody/environment-deletion/commands';
import { createEnvironment, pinExpectedOrg, updateEnvironment } from '@/lib/environments/commands';
import { resolveHost } from '@/lib/environments/host/resolve-host';
import { needsFreshSignIn } from '@/lib/environments/needs-fresh-sign-in';
import { listTakenSlugs, requireEnvironment } from '@/lib/environments/queries';
import { redirectUriOf } from '@/lib/environments/redirect-uri';
import { parseEnvironmentForm } from '@/lib/environments/schema';
import { slugOf } from '@/lib/environments/slug';
import { personAction } from '@/lib/session/action';
import { requireFresh } from '@/lib/session/context';

/** The redirect URI that an environment of this name would get; null when that cannot be said now. */
export async function previewRedirectUri(name: string): Promise<string | null> {
  const result = await personAction({ role: 'admin' }, async (ctx) => {
    return redirectUriOf(slugOf(String(name).slice(0, 80), await listTakenSlugs(ctx)));
  });
  return result.ok ? result.value : null;
}

/** Looks for the org behind whatever address was pasted. Nothing is stored. */
export async function checkAddressAction(pasted: string): Promise<HostAnswer> {
  return personAction({ role: 'admin' }, () => resolveHost(String(pasted).slice(0, 2_000)));
}

/** Creates an environment and opens its page. */
export async function createEnvironmentAction(form: FormData): Promise<ActionResult> {
  const result = await personAction({ role: 'admin' }, (ctx) => {
    const input = Object.fromEntries(form);
    // Wrong input is said first: nobody should prove who they are for a form that cannot be saved.
    parseEnvironmentForm(input);
    requireFresh(ctx);
    return createEnvironment(ctx, input);
  });
  if (!result.ok) return result;
  redirect(`/admin/environments/${result.value.slug}`);
}

/** Changes an environment. What `needsFreshSignIn` names asks for a fresh sign-in. */
export async function updateEnvironmentAction(slug: string, form: FormData): Promise<ActionResult> {
  return personAction({ role: 'admin' }, async (ctx) => {
    const input = Object.fromEntries(form);
    const wanted = parseEnvironmentForm(input);
    if (needsFreshSignIn(await requireEnvironment(ctx, String(slug)), wanted)) requireFresh(ctx);
    await updateEnvironment(ctx, { slug: String(slug), form: input });
    revalidatePath('/admin/environments', 'layout');
  });
}

/** Pins an environment to the org that its page showed as proposed: it decides who may come in, so asks who is there. */
export async function pinExpectedOrgAction(slug: string, orgId: string): Promise<ActionResult> {
  return personAction({ role: 'admin', fresh: true }, async (ctx) => {
    await pinExpectedOrg(ctx, { slug: String(slug), orgId: String(orgId) });
    revalidatePath('/admin/environments', 'layout');
  });
}

/** Deletes an environment and revokes every grant in it. Its page then says how far that has come. */
export async function deleteEnvironmentAction(slug: string, typedName: string): Promise<ActionResult> {
  return personAction({ role: 'admin', fresh: true }, async (ctx) => {
    await deleteEnvironment(ctx, { slug: String(slug), confirmation: String(typedName) });
    revalidatePath('/', 'layout');
  });
}
