'use server';

import { revalidatePath } from 'next/cache';
import type { ActionResult } from '@/components/forms/action-result';
import { runPreflight } from '@/lib/provisioning/preflight/commands';
import { personAction } from '@/lib/session/action';

/** Runs "Test connection" and shows its result on the environment's page. */
export async function testConnectionAction(slug: string): Promise<ActionResult> {
  return personAction({ role: 'admin' }, async (ctx) => {
    await runPreflight(ctx, String(slug));
    revalidatePath(`/admin/environments/${encodeURIComponent(slug)}`);
  });
}
