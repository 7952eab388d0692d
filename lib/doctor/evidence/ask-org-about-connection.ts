import { requireConnection } from '@/lib/connections/queries';
import type { PersonContext } from '@/lib/context';
import { diagnoseConnection } from '@/lib/doctor/diagnose-connection';
import { askOrg } from '@/lib/doctor/evidence/ask-org';
import { weighEvidence } from '@/lib/doctor/evidence/weigh';
import type { Diagnosis } from '@/lib/doctor/types';
import { AppError } from '@/lib/errors';

const WEEK_MS = 7 * 86_400_000;

/**
 * Why a connection that the person may see fails, with what its org tells through another live one, and what it did not
 * let Orgdock see. Throws CONFLICT when nothing is wrong any more, and as `requireConnection` and `askOrg` do.
 */
export async function askOrgAboutConnection(
  ctx: PersonContext,
  id: string,
): Promise<{ diagnosis: Diagnosis; missing: string[] }> {
  const connection = await requireConnection(ctx, id);
  const diagnosis = await diagnoseConnection(ctx, connection);
  if (!diagnosis || !connection.problem) {
    throw new AppError('CONFLICT', 'Nothing is known to be wrong with this connection any more.');
  }
  const { environment, orgId, salesforceUserId, username, problem } = connection;
  const evidence = await askOrg(ctx, {
    environmentId: environment.id,
    orgId,
    salesforceUserId,
    username,
    since: new Date(Date.parse(problem.at) - WEEK_MS),
  });
  return { diagnosis: weighEvidence(diagnosis, evidence), missing: evidence.missing };
}
