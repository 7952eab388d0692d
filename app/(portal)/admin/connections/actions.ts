'use server';

import { revalidatePath } from 'next/cache';
import type { ActionResult } from '@/components/forms/action-result';
import { revokeConnection } from '@/lib/connections/custody/commands';
import { personAction } from '@/lib/session/action';

/** Revokes anybody's grant at its org. */
export async function revokeConnectionAction(id: string): Promise<ActionResult> {
  return personAction({ role: 'admin', fresh: true }, async (ctx) => {
    await revokeConnection(ctx, String(id));
    revalidatePath('/admin/connections', 'layout');
  });
}
