'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { ActionResult, Answer } from '@/components/forms/action-result';
import {
  createIdentityProvider,
  deleteIdentityProvider,
  disableIdentityProvider,
  enableIdentityProvider,
  updateIdentityProvider,
} from '@/lib/environments/identity-providers/commands';
import { setSalesforceSignIn } from '@/lib/environments/identity-providers/salesforce-sign-in';
import { parseIdentityProviderForm } from '@/lib/environments/identity-providers/schema';
import { listTakenSlugs } from '@/lib/environments/queries';
import { redirectUriOf } from '@/lib/environments/redirect-uri';
import { slugOf } from '@/lib/environments/slug';
import { discover } from '@/lib/openid/discover';
import type { DiscoveryReport } from '@/lib/openid/types';
import { personAction } from '@/lib/session/action';
import { requireFresh } from '@/lib/session/context';

/** The redirect URI that a provider of this name would get; null when that cannot be said now. */
export async function previewProviderUri(name: string): Promise<string | null> {
  const result = await personAction({ role: 'admin' }, async (ctx) => {
    return redirectUriOf(slugOf(String(name).slice(0, 80), await listTakenSlugs(ctx)));
  });
  return result.ok ? result.value : null;
}

/** What the provider at this issuer says of itself. Nothing is stored. */
export async function testIssuerAction(issuer: string): Promise<Answer<DiscoveryReport>> {
  return personAction({ role: 'admin' }, async () => {
    const { report } = await discover(String(issuer).trim(), true);
    return report;
  });
}

/** Stores a provider, disabled, and opens its page. */
export async function createProviderAction(form: FormData): Promise<ActionResult> {
  const result = await personAction({ role: 'admin' }, (ctx) => {
    const input = Object.fromEntries(form);
    // Wrong input is said first: nobody should prove who they are for a form that cannot be saved.
    parseIdentityProviderForm(input);
    requireFresh(ctx);
    return createIdentityProvider(ctx, input);
  });
  if (!result.ok) return result;
  redirect(`/admin/identity-providers/${result.value.slug}`);
}

/** Changes a provider: whom it lets in and what they become, so it asks who is there. */
export async function updateProviderAction(slug: string, form: FormData): Promise<ActionResult> {
  return personAction({ role: 'admin' }, async (ctx) => {
    const input = Object.fromEntries(form);
    parseIdentityProviderForm(input);
    requireFresh(ctx);
    await updateIdentityProvider(ctx, { slug: String(slug), form: input });
    revalidatePath('/admin/identity-providers', 'layout');
  });
}

/** Opens a provider for signing in, when its discovery works. */
export async function enableProviderAction(slug: string): Promise<ActionResult> {
  return personAction({ role: 'admin', fresh: true }, async (ctx) => {
    await enableIdentityProvider(ctx, String(slug));
    revalidatePath('/', 'layout');
  });
}

/** Closes a provider for signing in. */
export async function disableProviderAction(slug: string): Promise<ActionResult> {
  return personAction({ role: 'admin', fresh: true }, async (ctx) => {
    await disableIdentityProvider(ctx, String(slug));
    revalidatePath('/', 'layout');
  });
}

/** Deletes a provider and goes back to the list. */
export async function deleteProviderAction(slug: string, typedName: string): Promise<ActionResult> {
  const result = await personAction({ role: 'admin', fresh: true }, (ctx) =>
    deleteIdentityProvider(ctx, { slug: String(slug), confirmation: String(typedName) }),
  );
  if (!result.ok) return result;
  redirect('/admin/identity-providers');
}

/** Allows or stops signing in through Salesforce. */
export async function setSalesforceSignInAction(allowed: boolean): Promise<ActionResult> {
  return personAction({ role: 'admin', fresh: true }, async (ctx) => {
    await setSalesforceSignIn(ctx, allowed === true);
    revalidatePath('/', 'layout');
  });
}
