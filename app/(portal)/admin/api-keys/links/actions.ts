'use server';

import { revalidatePath } from 'next/cache';
import type { ActionResult } from '@/components/forms/action-result';
import { withdrawAnyConnectLink } from '@/lib/consent/links/commands';
import { personAction } from '@/lib/session/action';

/** Takes anybody's connect link back. It takes away only, so it must never wait for a sign-in. */
export async function withdrawAnyConnectLinkAction(id: string): Promise<ActionResult> {
  return personAction({ role: 'admin' }, async (ctx) => {
    await withdrawAnyConnectLink(ctx, String(id));
    revalidatePath('/', 'layout');
  });
}
