import { requireConnection } from '@/lib/connections/queries';
import { tokenSource } from '@/lib/connections/token-source';
import type { PersonContext } from '@/lib/context';
import { diagnoseProblem } from '@/lib/doctor/diagnose-connection';
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
 * access token is renewed and nothing is spent besides. Throws NOT_FOUND, RATE_LIMITED.
 */
export async function retestConnection(ctx: PersonContext, id: string): Promise<Retest> {
  const connection = await requireConnection(ctx, id);
  await countAgainst('records', ctx.personId);
  const source = tokenSource(connection, ctx.personId);
  try {
    const { budget } = await callSalesforce(
      { source, apiVersion: connection.apiVersion },
      { path: '/limits' },
    );
    return { diagnosis: null, budget };
  } catch (error) {
    const problem = toProblem(error);
    if (problem.code === 'INTERNAL') log().error({ err: error }, 'a connection could not be tested');
    return { diagnosis: diagnoseProblem(problem, connection.instanceUrl), budget: null };
  }
}
