'use server';

import { revalidatePath } from 'next/cache';
import type { ActionResult } from '@/components/forms/action-result';
import { dismissPendingConsent } from '@/lib/consent/queries';
import { dismissNotice } from '@/lib/notify/commands';
import { personAction } from '@/lib/session/action';

/** Forgets a consent that has not come back. */
export async function dismissPendingConsentAction(id: string): Promise<ActionResult> {
  return personAction({}, async (ctx) => {
    await dismissPendingConsent(ctx, String(id));
    revalidatePath('/');
  });
}

/** Takes one of my notices off my pages. */
export async function dismissNoticeAction(id: string): Promise<ActionResult> {
  return personAction({}, async (ctx) => {
    await dismissNotice(ctx, String(id));
    revalidatePath('/', 'layout');
  });
}
