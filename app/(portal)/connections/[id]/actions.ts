'use server';

import { revalidatePath } from 'next/cache';
import type { ActionResult } from '@/components/forms/action-result';
import { changeOwnAlias } from '@/lib/connections/alias/commands';
import { disconnectConnection, retryRevocation } from '@/lib/connections/commands';
import { setKeepAlive } from '@/lib/connections/keep-alive/commands';
import { personAction } from '@/lib/session/action';

/** Disconnects one of my connections and revokes its grant at its own token host. */
export async function disconnectAction(id: string): Promise<ActionResult> {
  return personAction({}, async (ctx) => {
    await disconnectConnection(ctx, String(id));
    revalidatePath('/', 'layout');
  });
}

/** Asks Salesforce again to revoke a grant whose end could not be confirmed. */
export async function retryRevocationAction(id: string): Promise<ActionResult> {
  return personAction({}, async (ctx) => {
    await retryRevocation(ctx, String(id));
    revalidatePath('/', 'layout');
  });
}

/** Switches keep-alive of one of my connections on or off. */
export async function setKeepAliveAction(id: string, on: boolean): Promise<ActionResult> {
  return personAction({}, async (ctx) => {
    await setKeepAlive(ctx, String(id), on === true);
    revalidatePath(`/connections/${String(id)}`);
  });
}

/** Gives one of my connections another alias for programs. */
export async function changeAliasAction(id: string, form: FormData): Promise<ActionResult> {
  return personAction({}, async (ctx) => {
    await changeOwnAlias(ctx, { id: String(id), alias: form.get('alias') });
    revalidatePath('/', 'layout');
  });
}
