'use server';

import { revalidatePath } from 'next/cache';
import type { ActionResult } from '@/components/forms/action-result';
import { requestAccess } from '@/lib/consent/no-access';
import { publicAction } from '@/lib/session/action';

/** Asks the administrators to let in whoever was turned away in this browser. */
export async function requestAccessAction(failureId: string, form: FormData): Promise<ActionResult> {
  return publicAction(async () => {
    await requestAccess({ failureId: String(failureId), message: String(form.get('message') ?? '') });
    revalidatePath('/consent/[id]', 'page');
  });
}
