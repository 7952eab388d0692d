'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { ActionResult } from '@/components/forms/action-result';
import { createConnectLink, withdrawConnectLink } from '@/lib/consent/links/commands';
import { parseConnectLinkForm } from '@/lib/consent/links/schema';
import type { MadeConnectLink } from '@/lib/consent/links/types';
import { dismissPendingConsent } from '@/lib/consent/queries';
import { tellWhatSalesforceShowed } from '@/lib/consent/unanswered/commands';
import { dismissNotice } from '@/lib/notify/commands';
import { requestEnvironment } from '@/lib/people/requests/commands';
import { type ActionResult as Answer, personAction } from '@/lib/session/action';

/** Forgets a consent that has not come back. */
export async function dismissPendingConsentAction(id: string): Promise<ActionResult> {
  return personAction({}, async (ctx) => {
    await dismissPendingConsent(ctx, String(id));
    revalidatePath('/');
  });
}

/** Says what Salesforce showed instead of sending a consent of mine back; leads to the Doctor's diagnosis. */
export async function tellWhatSalesforceShowedAction(id: string, form: FormData): Promise<ActionResult> {
  return personAction({}, async (ctx) => {
    redirect(await tellWhatSalesforceShowed(ctx, String(id), { seen: form.get('seen') }));
  });
}

/** Asks the administrators for an environment that is open to chosen people. */
export async function requestEnvironmentAction(slug: string, form: FormData): Promise<ActionResult> {
  return personAction({}, async (ctx) => {
    await requestEnvironment(ctx, { slug: String(slug), message: String(form.get('message') ?? '') });
    revalidatePath('/', 'layout');
  });
}

/** Takes one of my notices off my pages. */
export async function dismissNoticeAction(id: string): Promise<ActionResult> {
  return personAction({}, async (ctx) => {
    await dismissNotice(ctx, String(id));
    revalidatePath('/', 'layout');
  });
}

/** Makes a link by which somebody else grants a connection to me; shown once. */
export async function makeConnectLinkAction(form: FormData): Promise<Answer<MadeConnectLink>> {
  return personAction({}, async (ctx) => {
    const made = await createConnectLink(ctx, parseConnectLinkForm(Object.fromEntries(form)));
    revalidatePath('/');
    return made;
  });
}

/** Takes a connect link of mine back. */
export async function withdrawConnectLinkAction(id: string): Promise<ActionResult> {
  return personAction({}, async (ctx) => {
    await withdrawConnectLink(ctx, String(id));
    revalidatePath('/');
  });
}
