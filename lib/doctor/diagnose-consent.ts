import type { ConsentFailure } from '@/lib/consent/types';
import type { PersonContext } from '@/lib/context';
import { rankNeverCameBack } from '@/lib/doctor/alternatives';
import { compareCallback } from '@/lib/doctor/callback-comparison';
import { CAUSES, type CauseId } from '@/lib/doctor/catalogue/causes';
import { placeOfConsentFailure } from '@/lib/doctor/catalogue/find-cause';
import { readHistory } from '@/lib/doctor/history';
import { makeDiagnosis } from '@/lib/doctor/make-diagnosis';
import type { Diagnosis } from '@/lib/doctor/types';

/**
 * Why a consent failed. Its page has checked that the failure is the reader’s own; somebody who is not signed in gets
 * the catalogue alone and nothing of the app’s history.
 */
export async function diagnoseConsent(
  ctx: PersonContext | null,
  failure: ConsentFailure,
): Promise<Diagnosis> {
  const { environment, problem } = failure;
  const { code, message, salesforce: fault } = problem;
  const place = placeOfConsentFailure(code, fault);
  const history = ctx && environment ? await readHistory(ctx, environment, code) : null;
  const signal = { place, code, message, fault };
  const diagnosis = makeDiagnosis(signal, {
    instanceUrl: history?.facts?.origin ?? null,
    appType: history?.facts?.appType ?? null,
    evidence: history?.sentences ?? [],
  });
  const comparison = environment && (await compareCallback(ctx, diagnosis.cause.id, environment));
  if (place !== 'authorize_page') return { ...diagnosis, comparison };
  if (diagnosis.cause.id !== 'never_came_back') {
    // Nobody but the person saw Salesforce’s page.
    const evidence = fault
      ? ['You chose these words of Salesforce’s page.', ...diagnosis.evidence]
      : diagnosis.evidence;
    return { ...diagnosis, evidence, comparison, certainty: fault ? 'likely' : 'possible' };
  }
  const alternatives = rankNeverCameBack(history?.facts ?? null);
  const [first] = alternatives;
  const needsApproval = first !== undefined && CAUSES[first.id as CauseId].needsApproval;
  return { ...diagnosis, alternatives, comparison, needsApproval };
}
