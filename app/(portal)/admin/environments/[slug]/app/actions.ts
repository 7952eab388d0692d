'use server';

import { revalidatePath } from 'next/cache';
import type { ActionResult } from '@/components/forms/action-result';
import { cancelDeployment, deployApp } from '@/lib/provisioning/deployment/commands';
import { enterAppCredentials } from '@/lib/provisioning/deployment/enter-credentials';
import { readAppDrift } from '@/lib/provisioning/drift/commands';
import { personAction } from '@/lib/session/action';

const refresh = () => revalidatePath('/admin/environments', 'layout');

/** Has the app deployed to its org. */
export async function deployAppAction(slug: string, form: FormData): Promise<ActionResult> {
  return personAction({ role: 'admin', fresh: true }, async (ctx) => {
    const { connectionId, runtimeConfirmed, ...choice } = Object.fromEntries(form);
    await deployApp(ctx, {
      slug: String(slug),
      connectionId: String(connectionId),
      runtimeConfirmed: runtimeConfirmed === 'on',
      choice,
    });
    refresh();
  });
}

/** Stops the deployment that is under way. */
export async function cancelDeploymentAction(slug: string): Promise<ActionResult> {
  return personAction({ role: 'admin' }, async (ctx) => {
    await cancelDeployment(ctx, String(slug));
    refresh();
  });
}

/** Takes key and secret as they were typed in. */
export async function enterAppCredentialsAction(slug: string, form: FormData): Promise<ActionResult> {
  return personAction({ role: 'admin', fresh: true }, async (ctx) => {
    await enterAppCredentials(ctx, { slug: String(slug), form: Object.fromEntries(form) });
    refresh();
  });
}

/** Reads the settings of the app from its org. */
export async function readAppDriftAction(slug: string, form: FormData): Promise<ActionResult> {
  return personAction({ role: 'admin' }, async (ctx) => {
    await readAppDrift(ctx, { slug: String(slug), connectionId: String(form.get('connectionId')) });
    refresh();
  });
}
