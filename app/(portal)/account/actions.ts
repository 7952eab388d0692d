'use server';

import { revalidatePath } from 'next/cache';
import type { ActionResult } from '@/components/forms/action-result';
import { updatePreferences } from '@/lib/people/commands';
import { unlinkIdentity } from '@/lib/people/identities/commands';
import { personAction } from '@/lib/session/action';
import { endOtherSessions, endSession } from '@/lib/session/commands';

/** Ends one of my sessions. */
export async function endSessionAction(id: string): Promise<ActionResult> {
  return personAction({}, async (ctx) => {
    await endSession(ctx, String(id));
    revalidatePath('/account');
  });
}

/** Ends all my sessions but this one. */
export async function endOtherSessionsAction(): Promise<ActionResult> {
  return personAction({}, async (ctx) => {
    await endOtherSessions(ctx);
    revalidatePath('/account');
  });
}

/** Takes one of my identities away. */
export async function unlinkIdentityAction(id: string): Promise<ActionResult> {
  return personAction({ fresh: true }, async (ctx) => {
    await unlinkIdentity(ctx, String(id));
    revalidatePath('/account');
  });
}

/** Stores my locale and time zone. */
export async function updatePreferencesAction(form: FormData): Promise<ActionResult> {
  return personAction({}, async (ctx) => {
    await updatePreferences(ctx, { locale: form.get('locale'), timeZone: form.get('timeZone') });
    revalidatePath('/', 'layout');
  });
}
