'use server';

import { revalidatePath } from 'next/cache';
import type { ActionResult } from '@/components/forms/action-result';
import { markApprovalDone } from '@/lib/provisioning/approval/mark-done';
import { publicAction } from '@/lib/session/action';
import { requestFacts } from '@/lib/session/context';

/** Tells who waits that the app is in. The token of the link is the proof. */
export async function finishApprovalAction(token: string, form: FormData): Promise<ActionResult> {
  return publicAction(async () => {
    await markApprovalDone(String(token), String(form.get('note') ?? ''), await requestFacts());
    revalidatePath('/approve/[token]', 'page');
  });
}
