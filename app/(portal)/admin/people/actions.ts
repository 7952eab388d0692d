'use server';

import { revalidatePath } from 'next/cache';
import type { ActionResult } from '@/components/forms/action-result';
import type { PersonContext } from '@/lib/context';
import { deactivatePerson } from '@/lib/custody/deactivation/commands';
import { choosePerson, setPersonEnvironments, unchoosePerson } from '@/lib/people/access/commands';
import { createInvitation, withdrawInvitation } from '@/lib/people/invitations/commands';
import { parseInvitationForm } from '@/lib/people/invitations/schema';
import { grantRequest, refuseRequest } from '@/lib/people/requests/commands';
import { changeRole, reactivatePerson } from '@/lib/people/roles/commands';
import { personAction, type ActionResult as Result } from '@/lib/session/action';
import { endSessionsOf } from '@/lib/session/commands';
import { requireFresh } from '@/lib/session/context';

/** What changes who may do what: an administrator who has just said who they are. */
function freshAction(work: (ctx: PersonContext) => Promise<unknown>): Promise<ActionResult> {
  return personAction({ role: 'admin', fresh: true }, async (ctx) => {
    await work(ctx);
    revalidatePath('/', 'layout');
  });
}

/** Environments that were ticked. */
const environmentIdsOf = (form: FormData): string[] => form.getAll('environmentIds').map(String);

/** Makes an invitation and answers its link, this once. */
export async function inviteAction(form: FormData): Promise<Result<{ link: string }>> {
  return personAction({ role: 'admin' }, async (ctx) => {
    const input = { ...Object.fromEntries(form), environmentIds: environmentIdsOf(form) };
    // Wrong input is said first: nobody should prove who they are for a form that cannot be saved.
    parseInvitationForm(input);
    requireFresh(ctx);
    const made = await createInvitation(ctx, input);
    revalidatePath('/admin/people');
    return made;
  });
}

/** Makes the link of an invitation worthless. */
export async function withdrawInvitationAction(id: string): Promise<ActionResult> {
  return personAction({ role: 'admin' }, async (ctx) => {
    await withdrawInvitation(ctx, String(id));
    revalidatePath('/admin/people');
  });
}

/** Lets somebody in who has asked. */
export async function grantRequestAction(id: string, form: FormData): Promise<ActionResult> {
  return freshAction((ctx) => grantRequest(ctx, { id: String(id), environmentIds: environmentIdsOf(form) }));
}

/** Says no to somebody who has asked. */
export async function refuseRequestAction(id: string): Promise<ActionResult> {
  return personAction({ role: 'admin' }, async (ctx) => {
    await refuseRequest(ctx, String(id));
    revalidatePath('/', 'layout');
  });
}

/** Gives a person another role. */
export async function changeRoleAction(personId: string, form: FormData): Promise<ActionResult> {
  return freshAction((ctx) => changeRole(ctx, { personId: String(personId), role: form.get('role') }));
}

/** Makes a person's environments those that were ticked. */
export async function setEnvironmentsAction(personId: string, form: FormData): Promise<ActionResult> {
  const environmentIds = environmentIdsOf(form);
  return freshAction((ctx) => setPersonEnvironments(ctx, { personId: String(personId), environmentIds }));
}

/** Deactivates a person. Their page then says how far their grants are revoked. */
export async function deactivateAction(personId: string): Promise<ActionResult> {
  return freshAction((ctx) => deactivatePerson(ctx, String(personId)));
}

/** Lets a deactivated person in again. */
export async function reactivateAction(personId: string): Promise<ActionResult> {
  return freshAction((ctx) => reactivatePerson(ctx, String(personId)));
}

/** Ends one session of a person. */
export async function endSessionOfAction(personId: string, sessionId: string): Promise<ActionResult> {
  return freshAction((ctx) => endSessionsOf(ctx, { personId: String(personId), only: String(sessionId) }));
}

/** Ends all sessions of a person. */
export async function endSessionsOfAction(personId: string): Promise<ActionResult> {
  return freshAction((ctx) => endSessionsOf(ctx, { personId: String(personId) }));
}

/** Chooses somebody for an environment. */
export async function choosePersonAction(slug: string, form: FormData): Promise<ActionResult> {
  return freshAction((ctx) =>
    choosePerson(ctx, { slug: String(slug), person: String(form.get('person') ?? '') }),
  );
}

/** Takes an environment away from somebody. */
export async function unchoosePersonAction(slug: string, personId: string): Promise<ActionResult> {
  return freshAction((ctx) => unchoosePerson(ctx, { slug: String(slug), personId: String(personId) }));
}
