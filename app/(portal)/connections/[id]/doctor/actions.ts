'use server';

import { requireConnection } from '@/lib/connections/queries';
import { diagnoseConnection } from '@/lib/doctor/diagnose-connection';
import { askOrg } from '@/lib/doctor/evidence/ask-org';
import { weighEvidence } from '@/lib/doctor/evidence/weigh';
import { retestConnection } from '@/lib/doctor/retest';
import type { Diagnosis } from '@/lib/doctor/types';
import { AppError } from '@/lib/errors';
import { type ActionResult, personAction } from '@/lib/session/action';

const WEEK_MS = 7 * 86_400_000;

/** Tests one of my connections by one data call. Null: Salesforce answered. */
export async function retestConnectionAction(id: string): Promise<ActionResult<Diagnosis | null>> {
  return personAction({}, async (ctx) => (await retestConnection(ctx, String(id))).diagnosis);
}

/** Asks the org of one of my connections, through another one, what its records say about its failure. */
export async function askOrgAboutConnectionAction(
  id: string,
): Promise<ActionResult<{ diagnosis: Diagnosis; missing: string[] }>> {
  return personAction({}, async (ctx) => {
    const connection = await requireConnection(ctx, String(id));
    const diagnosis = await diagnoseConnection(ctx, connection);
    if (!diagnosis || !connection.problem) {
      throw new AppError('CONFLICT', 'Nothing is known to be wrong with this connection any more.');
    }
    const { environment, orgId, salesforceUserId, username, instanceUrl, problem } = connection;
    const evidence = await askOrg(ctx, {
      environmentId: environment.id,
      orgId,
      salesforceUserId,
      username,
      since: new Date(Date.parse(problem.at) - WEEK_MS),
    });
    return { diagnosis: weighEvidence(diagnosis, evidence, instanceUrl), missing: evidence.missing };
  });
}
