'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { ActionResult, Answer } from '@/components/forms/action-result';
import { deleteEnvironment } from '@/lib/custody/environment-deletion/commands';
import { createEnvironment, pinExpectedOrg, updateEnvironment } from '@/lib/environments/commands';
import { salesforceOrigin } from '@/lib/environments/host/read-address';
import { resolveHost } from '@/lib/environments/host/resolve-host';
import type { HostReport } from '@/lib/environments/host/types';
import {
  cloneEnvironment,
  disableEnvironment,
  enableEnvironment,
} from '@/lib/environments/lifecycle/commands';
import { needsFreshSignIn } from '@/lib/environments/needs-fresh-sign-in';
import { listTakenSlugs, requireEnvironment } from '@/lib/environments/queries';
import { redirectUriOf } from '@/lib/environments/redirect-uri';
import { parseEnvironmentForm } from '@/lib/environments/schema';
import { slugOf } from '@/lib/environments/slug';
import { listApiVersions } from '@/lib/salesforce/api-versions';
import type { ApiVersion } from '@/lib/salesforce/types';
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
export async function checkAddressAction(pasted: string): Promise<Answer<HostReport>> {
  return personAction({ role: 'admin' }, () => resolveHost(String(pasted).slice(0, 2_000)));
}

/** The API versions of the org behind whatever address was pasted. Nothing is stored, and no token is sent. */
export async function listApiVersionsAction(pasted: string): Promise<Answer<ApiVersion[]>> {
  return personAction({ role: 'admin' }, () =>
    listApiVersions(salesforceOrigin(String(pasted).slice(0, 2_000))),
  );
}

/**
 * Creates an environment and opens its page, unless its form is needed still. A draft without a secret is nobody's to
 * use, so it asks for no fresh sign-in.
 */
export async function createEnvironmentAction(
  form: FormData,
  stays: boolean,
): Promise<Answer<{ slug: string }>> {
  const result = await personAction({ role: 'admin' }, (ctx) => {
    const input = Object.fromEntries(form);
    // Wrong input is said first: nobody should prove who they are for a form that cannot be saved.
    const wanted = parseEnvironmentForm(input);
    if (wanted.saveAs === 'active' || wanted.consumerSecret !== null) requireFresh(ctx);
    return createEnvironment(ctx, input);
  });
  if (!result.ok || stays) return result;
  redirect(`/admin/environments/${result.value.slug}`);
}

/** Changes an environment. What `needsFreshSignIn` names asks for a fresh sign-in. */
export async function updateEnvironmentAction(
  slug: string,
  form: FormData,
): Promise<Answer<{ slug: string }>> {
  return personAction({ role: 'admin' }, async (ctx) => {
    const input = Object.fromEntries(form);
    const wanted = parseEnvironmentForm(input);
    if (needsFreshSignIn(await requireEnvironment(ctx, String(slug)), wanted)) requireFresh(ctx);
    await updateEnvironment(ctx, { slug: String(slug), form: input });
    revalidatePath('/admin/environments', 'layout');
    return { slug: String(slug) };
  });
}

/** Pins an environment to the org that its page showed as proposed: it decides who may come in, so asks who is there. */
export async function pinExpectedOrgAction(slug: string, orgId: string): Promise<ActionResult> {
  return personAction({ role: 'admin', fresh: true }, async (ctx) => {
    await pinExpectedOrg(ctx, { slug: String(slug), orgId: String(orgId) });
    revalidatePath('/admin/environments', 'layout');
  });
}

/** Makes a draft with the settings of another environment, and opens its settings. */
export async function cloneEnvironmentAction(slug: string, name: string): Promise<ActionResult> {
  const result = await personAction({ role: 'admin' }, (ctx) =>
    cloneEnvironment(ctx, { slug: String(slug), name: String(name) }),
  );
  if (!result.ok) return result;
  redirect(`/admin/environments/${result.value.slug}/settings`);
}

/** Closes an environment for everybody, without revoking anything. */
export async function disableEnvironmentAction(slug: string): Promise<ActionResult> {
  return personAction({ role: 'admin', fresh: true }, async (ctx) => {
    await disableEnvironment(ctx, { slug: String(slug) });
    revalidatePath('/', 'layout');
  });
}

/** Takes a disabled environment into use again. */
export async function enableEnvironmentAction(slug: string): Promise<ActionResult> {
  return personAction({ role: 'admin', fresh: true }, async (ctx) => {
    await enableEnvironment(ctx, { slug: String(slug) });
    revalidatePath('/', 'layout');
  });
}

/** Deletes an environment and revokes every grant in it. Its page then says how far that has come. */
export async function deleteEnvironmentAction(slug: string, typedName: string): Promise<ActionResult> {
  return personAction({ role: 'admin', fresh: true }, async (ctx) => {
    await deleteEnvironment(ctx, { slug: String(slug), confirmation: String(typedName) });
    revalidatePath('/', 'layout');
  });
}
