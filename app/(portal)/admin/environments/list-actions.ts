'use server';

import { revalidatePath } from 'next/cache';
import type { ActionResult } from '@/components/forms/action-result';
import { moveEnvironment } from '@/lib/environments/order/commands';
import { personAction } from '@/lib/session/action';

/** Moves an environment one place up or down in every list. */
export async function moveEnvironmentAction(slug: string, direction: 'up' | 'down'): Promise<ActionResult> {
  return personAction({ role: 'admin' }, async (ctx) => {
    await moveEnvironment(ctx, { slug: String(slug), direction: direction === 'up' ? 'up' : 'down' });
    revalidatePath('/admin/environments', 'layout');
  });
}
