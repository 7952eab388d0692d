'use server';

import { askOrgAboutConnection } from '@/lib/doctor/evidence/ask-org-about-connection';
import { retestConnection } from '@/lib/doctor/retest';
import type { Diagnosis } from '@/lib/doctor/types';
import { type ActionResult, personAction } from '@/lib/session/action';

/** Tests one of my connections by one data call. Null: Salesforce answered. */
export async function retestConnectionAction(id: string): Promise<ActionResult<Diagnosis | null>> {
  return personAction({}, async (ctx) => (await retestConnection(ctx, String(id))).diagnosis);
}

/** Asks the org of one of my connections, through another one, what its records say about its failure. */
export async function askOrgAboutConnectionAction(
  id: string,
): Promise<ActionResult<{ diagnosis: Diagnosis; missing: string[] }>> {
  return personAction({}, (ctx) => askOrgAboutConnection(ctx, String(id)));
}
