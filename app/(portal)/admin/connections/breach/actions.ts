'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { ActionResult } from '@/components/forms/action-result';
import { startBreach } from '@/lib/custody/breach/commands';
import { parseBreachChoice, parseBreachForm } from '@/lib/custody/breach/schema';
import type { BreachChoice } from '@/lib/custody/breach/types';
import { AppError } from '@/lib/errors';
import { personAction } from '@/lib/session/action';
import { requireFresh } from '@/lib/session/context';

/** Presses the breach button and opens the page that shows how far it has come. */
export async function startBreachAction(chosen: BreachChoice, form: FormData): Promise<ActionResult> {
  const result = await personAction({ role: 'admin' }, async (ctx) => {
    const choice = parseBreachChoice({ scope: chosen?.kind, name: chosen?.name });
    if (!choice) throw new AppError('INVALID_INPUT', 'Nothing was revoked: choose a scope first.');
    const input = Object.fromEntries(form);
    // Wrong input is said first: nobody should prove who they are for a form that cannot be sent.
    parseBreachForm(input);
    requireFresh(ctx);
    const id = await startBreach(ctx, { choice, form: input });
    revalidatePath('/', 'layout');
    return id;
  });
  if (!result.ok) return result;
  redirect(`/admin/connections/breach/${result.value}`);
}
