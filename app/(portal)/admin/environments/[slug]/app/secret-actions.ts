'use server';

import { revalidatePath } from 'next/cache';
import type { ActionResult } from '@/components/forms/action-result';
import type { PersonContext } from '@/lib/context';
import {
  applyStagedSecret,
  askOrgAgain,
  cancelRotation,
  stagePastedSecret,
  stageSecretFromOrg,
  tellOrgAgain,
} from '@/lib/provisioning/secret-rotation/commands';
import { refreshOwnConnection } from '@/lib/provisioning/secret-rotation/refresh-own-connection';
import { parseStageForm } from '@/lib/provisioning/secret-rotation/schema';
import { personAction } from '@/lib/session/action';
import { requireFresh } from '@/lib/session/context';

/** What changes which secret is used: an administrator who has just said who they are. */
function freshAction(work: (ctx: PersonContext) => Promise<void>): Promise<ActionResult> {
  return personAction({ role: 'admin', fresh: true }, async (ctx) => {
    try {
      await work(ctx);
    } finally {
      // A refusal of the org is written down, too.
      revalidatePath('/admin/environments', 'layout');
    }
  });
}

/** Stages a secret that was pasted. */
export async function stagePastedSecretAction(slug: string, form: FormData): Promise<ActionResult> {
  return personAction({ role: 'admin' }, async (ctx) => {
    const input = Object.fromEntries(form);
    // Wrong input is said first: nobody should prove who they are for a form that cannot be saved.
    parseStageForm(input);
    requireFresh(ctx);
    await stagePastedSecret(ctx, { slug: String(slug), form: input });
    revalidatePath('/admin/environments', 'layout');
  });
}

/** Lets the org make the next secret. */
export async function stageSecretFromOrgAction(slug: string): Promise<ActionResult> {
  return freshAction((ctx) => stageSecretFromOrg(ctx, String(slug)));
}

/** Makes the staged secret the present one; the page's warning asked for the name of the environment. */
export async function applySecretAction(slug: string, typedName: string): Promise<ActionResult> {
  return freshAction((ctx) =>
    applyStagedSecret(ctx, { slug: String(slug), confirmation: String(typedName) }),
  );
}

/** Asks the org whether it has rotated. */
export async function askOrgAction(slug: string): Promise<ActionResult> {
  return freshAction((ctx) => askOrgAgain(ctx, String(slug)));
}

/** Tells the org once more to rotate. */
export async function tellOrgAction(slug: string): Promise<ActionResult> {
  return freshAction((ctx) => tellOrgAgain(ctx, String(slug)));
}

/** Ends a rotation that has not succeeded. */
export async function cancelRotationAction(slug: string): Promise<ActionResult> {
  return freshAction((ctx) => cancelRotation(ctx, String(slug)));
}

/** Refreshes the administrator's own connection once, which confirms the new secret. */
export async function refreshOwnConnectionAction(slug: string): Promise<ActionResult> {
  return personAction({ role: 'admin' }, async (ctx) => {
    await refreshOwnConnection(ctx, String(slug));
    revalidatePath('/', 'layout');
  });
}
