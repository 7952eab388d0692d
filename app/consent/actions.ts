'use server';

import { revalidatePath } from 'next/cache';
import type { ActionResult } from '@/components/forms/action-result';
import { getConsentFailure } from '@/lib/consent/failures';
import { requestAccess } from '@/lib/consent/no-access';
import { diagnoseConsent } from '@/lib/doctor/diagnose-consent';
import { askOrg } from '@/lib/doctor/evidence/ask-org';
import { weighEvidence } from '@/lib/doctor/evidence/weigh';
import type { Diagnosis } from '@/lib/doctor/types';
import { AppError } from '@/lib/errors';
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

const DAY_MS = 86_400_000;

/** Asks the org of a consent of mine that failed, through a live connection that I may use. */
export async function askOrgAboutConsentAction(
  failureId: string,
): Promise<Answer<{ diagnosis: Diagnosis; missing: string[] }>> {
  return personAction({}, async (ctx) => {
    const failure = await getConsentFailure(String(failureId));
    if (!failure?.environment) throw new AppError('NOT_FOUND', 'There is no such consent.');
    const diagnosis = await diagnoseConsent(ctx, failure);
    const evidence = await askOrg(ctx, {
      environmentId: failure.environment.id,
      orgId: null,
      salesforceUserId: null,
      username: null,
      since: new Date(Date.parse(failure.at) - DAY_MS),
    });
    const instanceUrl = diagnosis.cause.setup?.url ? new URL(diagnosis.cause.setup.url).origin : null;
    return { diagnosis: weighEvidence(diagnosis, evidence, instanceUrl), missing: evidence.missing };
  });
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
