'use server';

import { revalidatePath } from 'next/cache';
import type { ActionResult } from '@/components/forms/action-result';
import { setAuditRetention } from '@/lib/audit/log/commands';
import { personAction } from '@/lib/session/action';

/** Sets how long audit rows are kept. What is removed is gone, so it asks who is there. */
export async function setAuditRetentionAction(form: FormData): Promise<ActionResult> {
  return personAction({ role: 'admin', fresh: true }, async (ctx) => {
    await setAuditRetention(ctx, Object.fromEntries(form));
    revalidatePath('/admin/audit');
  });
}
