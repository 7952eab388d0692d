import { requireConnection, requireReadable } from '@/lib/connections/queries';
import { salesforceClient } from '@/lib/connections/salesforce-client';
import type { PersonContext } from '@/lib/context';
import { diagnoseConnection, diagnoseProblem } from '@/lib/doctor/diagnose-connection';
import type { Diagnosis } from '@/lib/doctor/types';
import { toProblem } from '@/lib/errors';
import { countAgainst } from '@/lib/limits/count';
import { log } from '@/lib/log';
import { callSalesforce } from '@/lib/salesforce/client';

export interface Retest {
  /** Null: Salesforce answered. */
  diagnosis: Diagnosis | null;
  /** Calls of the last 24 hours, by Salesforce’s count. */
  budget: { used: number; max: number } | null;
}

/**
 * Tests a connection that the person may see by one cheap data call: what comes of it goes the usual way, so an ended
 * access token is renewed and nothing is spent besides. Throws NOT_FOUND,
 * RECORDS_NOT_FOR_AUDITORS, ENVIRONMENT_NOT_OPEN, RATE_LIMITED.
 */
export async function retestConnection(ctx: PersonContext, id: string): Promise<Retest> {
  const connection = await requireReadable(ctx, id);
  await countAgainst('records', ctx.personId);
  try {
    const { budget } = await callSalesforce(salesforceClient(connection, ctx.personId), { path: '/limits' });
    return { diagnosis: null, budget };
  } catch (error) {
    const problem = toProblem(error);
    if (problem.code === 'INTERNAL') log().error({ err: error }, 'a connection could not be tested');
    const now = await requireConnection(ctx, id);
    // Of an end that was written down more is known than of the error that callers get.
    const known = now.problem?.code === problem.code ? await diagnoseConnection(ctx, now) : null;
    return { diagnosis: known ?? diagnoseProblem(problem, connection.instanceUrl), budget: null };
  }
}
