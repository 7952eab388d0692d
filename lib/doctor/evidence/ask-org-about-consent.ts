import { getConsentFailure } from '@/lib/consent/failures';
import type { PersonContext } from '@/lib/context';
import { diagnoseConsent } from '@/lib/doctor/diagnose-consent';
import { askOrg } from '@/lib/doctor/evidence/ask-org';
import { weighEvidence } from '@/lib/doctor/evidence/weigh';
import type { Diagnosis } from '@/lib/doctor/types';
import { AppError } from '@/lib/errors';

const DAY_MS = 86_400_000;

/**
 * Why a consent of this browser failed, with what its org tells through a live connection that the person may use, and
 * what it did not let Orgdock see. Throws NOT_FOUND, and as `askOrg` does.
 */
export async function askOrgAboutConsent(
  ctx: PersonContext,
  failureId: string,
): Promise<{ diagnosis: Diagnosis; missing: string[] }> {
  const failure = await getConsentFailure(failureId);
  if (!failure?.environment) throw new AppError('NOT_FOUND', 'There is no such consent.');
  const diagnosis = await diagnoseConsent(ctx, failure);
  const evidence = await askOrg(ctx, {
    environmentId: failure.environment.id,
    orgId: null,
    salesforceUserId: null,
    username: null,
    since: new Date(Date.parse(failure.at) - DAY_MS),
  });
  return { diagnosis: weighEvidence(diagnosis, evidence), missing: evidence.missing };
}
