'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { ActionResult } from '@/components/forms/action-result';
import { createEnvironment, pinExpectedOrg, updateEnvironment } from '@/lib/environments/commands';
import { listEnvironments } from '@/lib/environments/queries';
import { redirectUriOf } from '@/lib/environments/redirect-uri';
import { slugOf } from '@/lib/environments/slug';
import { personAction } from '@/lib/session/action';
import { requireAdmin } from '@/lib/session/context';

/** The redirect URI that an environment of this name would get. */
export async function previewRedirectUri(name: string): Promise<string> {
  const ctx = await requireAdmin();
  const taken = new Set((await listEnvironments(ctx)).map(({ slug }) => slug));
  return redirectUriOf(slugOf(String(name).slice(0, 80), taken));
}

/** Creates an environment and opens its page. */
export async function createEnvironmentAction(form: FormData): Promise<ActionResult> {
  const result = await personAction({ role: 'admin', fresh: true }, (ctx) =>
    createEnvironment(ctx, Object.fromEntries(form)),
  );
  if (!result.ok) return result;
  redirect(`/admin/environments/${result.value.slug}`);
}

/** Changes an environment. A new or deleted secret asks for a fresh sign-in. */
export async function updateEnvironmentAction(slug: string, form: FormData): Promise<ActionResult> {
  const fresh = Boolean(form.get('consumerSecret')) || form.has('removeSecret');
  return personAction({ role: 'admin', fresh }, async (ctx) => {
    await updateEnvironment(ctx, { slug: String(slug), form: Object.fromEntries(form) });
    revalidatePath('/admin/environments', 'layout');
  });
}

/** Pins an environment to the org that its page showed as proposed. */
export async function pinExpectedOrgAction(slug: string, orgId: string): Promise<ActionResult> {
  return personAction({ role: 'admin' }, async (ctx) => {
    await pinExpectedOrg(ctx, { slug: String(slug), orgId: String(orgId) });
    revalidatePath('/admin/environments', 'layout');
  });
}
