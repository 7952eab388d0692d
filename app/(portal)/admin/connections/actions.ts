'use server';

import { revalidatePath } from 'next/cache';
import type { ActionResult } from '@/components/forms/action-result';
import { changeServiceAlias } from '@/lib/connections/alias/commands';
import { revokeConnection } from '@/lib/connections/custody/commands';
import { settleAlert } from '@/lib/custody/usage/commands';
import { personAction } from '@/lib/session/action';

/** Revokes anybody's grant at its org. */
export async function revokeConnectionAction(id: string): Promise<ActionResult> {
  return personAction({ role: 'admin', fresh: true }, async (ctx) => {
    await revokeConnection(ctx, String(id));
    revalidatePath('/admin/connections', 'layout');
  });
}

/** Marks an alert as seen, with what the administrator found. */
export async function settleAlertAction(id: string, form: FormData): Promise<ActionResult> {
  return personAction({ role: 'admin' }, async (ctx) => {
    await settleAlert(ctx, String(id), form.get('note'));
    revalidatePath('/', 'layout');
  });
}

/** Gives a service connection another alias for programs. */
export async function changeServiceAliasAction(id: string, form: FormData): Promise<ActionResult> {
  return personAction({ role: 'admin' }, async (ctx) => {
    await changeServiceAlias(ctx, { id: String(id), alias: form.get('alias') });
    revalidatePath('/', 'layout');
  });
}
