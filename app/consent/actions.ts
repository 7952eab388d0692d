'use server';

import { revalidatePath } from 'next/cache';
import type { ActionResult } from '@/components/forms/action-result';
import { requestAccess } from '@/lib/consent/no-access';
import { askOrgAboutConsent } from '@/lib/doctor/evidence/ask-org-about-consent';
import type { Diagnosis } from '@/lib/doctor/types';
import { createApprovalRequest, renewApproval, withdrawApproval } from '@/lib/provisioning/approval/commands';
import type { ApprovalLink } from '@/lib/provisioning/approval/types';
import { type ActionResult as Answer, personAction, publicAction } from '@/lib/session/action';

/** Asks the administrators to let in whoever was turned away in this browser. */
export async function requestAccessAction(failureId: string, form: FormData): Promise<ActionResult> {
  return publicAction(async () => {
    await requestAccess({ failureId: String(failureId), message: String(form.get('message') ?? '') });
    revalidatePath('/consent/[id]', 'page');
  });
}

/** Asks the org of a consent of mine that failed, through a live connection that I may use. */
export async function askOrgAboutConsentAction(
  failureId: string,
): Promise<Answer<{ diagnosis: Diagnosis; missing: string[] }>> {
  return personAction({}, (ctx) => askOrgAboutConsent(ctx, String(failureId)));
}

/** A link for the Salesforce administrator who can let the app in; shown once. */
export async function askApprovalAction(
  environmentSlug: string,
  failureId: string | null,
): Promise<Answer<ApprovalLink>> {
  return personAction({}, async (ctx) => {
    const made = await createApprovalRequest(ctx, {
      environmentSlug: String(environmentSlug),
      failureId: failureId === null ? null : String(failureId),
    });
    revalidatePath('/');
    return made;
  });
}

/** A new link of a request of mine; the one before ends. */
export async function renewApprovalAction(id: string): Promise<Answer<ApprovalLink>> {
  return personAction({}, async (ctx) => {
    const made = await renewApproval(ctx, String(id));
    revalidatePath('/');
    return made;
  });
}

/** Takes a request of mine back. */
export async function withdrawApprovalAction(id: string): Promise<ActionResult> {
  return personAction({}, async (ctx) => {
    await withdrawApproval(ctx, String(id));
    revalidatePath('/', 'layout');
  });
}
