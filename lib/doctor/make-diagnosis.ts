import { neighboursOf } from '@/lib/doctor/alternatives';
import { CAUSES, type CauseId } from '@/lib/doctor/catalogue/causes';
import { CHECKED } from '@/lib/doctor/catalogue/define-causes';
import { findCause, type Signal } from '@/lib/doctor/catalogue/find-cause';
import { setupPlaceOf } from '@/lib/doctor/catalogue/setup-places';
import { feedbackUrl } from '@/lib/doctor/feedback';
import type { Diagnosis } from '@/lib/doctor/types';

type Known = Diagnosis['org'] & { evidence?: string[] };

/** Causes whose words fit several ends, so that the words alone decide nothing. */
const OPEN: readonly CauseId[] = [
  'grant_ended',
  'never_came_back',
  'unknown',
  'answer_not_understood',
  'outcome_unknown',
];

/** The diagnosis of a failure by the catalogue alone; what the caller knows besides goes in afterwards. */
export function makeDiagnosis(signal: Signal, known: Known): Diagnosis {
  const found = findCause(signal);
  return diagnosisOf(found ?? 'unknown', signal, known);
}

/** As `makeDiagnosis`, for a cause that is known already. */
export function diagnosisOf(id: CauseId, signal: Omit<Signal, 'message'>, known: Known): Diagnosis {
  const { evidence = [], ...org } = known;
  const { setup, article, needsApproval, ...words } = CAUSES[id];
  return {
    cause: {
      ...words,
      setup: setup && setupPlaceOf(setup, org),
      article,
    },
    known: id !== 'unknown',
    certainty: OPEN.includes(id) ? 'possible' : 'certain',
    place: signal.place,
    evidence,
    alternatives: neighboursOf(id),
    comparison: null,
    raw: signal.fault,
    code: signal.code,
    needsApproval,
    org,
    checked: CHECKED,
    feedbackUrl: feedbackUrl(id, signal.code),
  };
}
