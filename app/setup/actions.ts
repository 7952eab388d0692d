'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ActionResult, Answer } from '@/components/forms/action-result';
import { openSetup, requireOpenSetup, saveSetupEnvironment } from '@/lib/consent/setup';
import { redirectUriOf } from '@/lib/environments/redirect-uri';
import { slugOf } from '@/lib/environments/slug';
import { publicAction } from '@/lib/session/action';

/** Opens set-up for this browser when the token is right. */
export async function openSetupAction(form: FormData): Promise<ActionResult> {
  return publicAction(() => openSetup(form.get('token')));
}

/** The redirect URI that an environment of this name would get; null unless set-up is open here. */
export async function previewSetupRedirectUri(name: string): Promise<string | null> {
  const result = await publicAction(async () => {
    await requireOpenSetup(await headers());
    return redirectUriOf(slugOf(String(name).slice(0, 80), new Set()));
  });
  return result.ok ? result.value : null;
}

/** Stores the first environment; the page then asks to sign in through it. */
export async function saveSetupEnvironmentAction(form: FormData): Promise<Answer<{ slug: string }>> {
  const result = await publicAction(() => saveSetupEnvironment(Object.fromEntries(form)));
  if (!result.ok) return result;
  redirect('/setup');
}
