import type { CauseId } from '@/lib/doctor/catalogue/causes';
import { diagnosisOf } from '@/lib/doctor/make-diagnosis';
import type { Diagnosis, OrgEvidence } from '@/lib/doctor/types';

/**
 * A diagnosis with what the org told: its sentences come first, and where Salesforce’s words had left several causes
 * open, the one that the org’s rows speak for moves to the front.
 */
export function weighEvidence(
  diagnosis: Diagnosis,
  { through, sentences, speaksFor }: OrgEvidence,
): Diagnosis {
  const evidence = [`Asked through ${through}.`, ...sentences, ...diagnosis.evidence];
  const fits = [diagnosis.cause.id, ...diagnosis.alternatives.map(({ id }) => id)];
  const told = speaksFor.map((id) => fits.find((fit) => sameCause(fit, id))).find((id) => id !== undefined) as
    | CauseId
    | undefined;
  if (told === undefined || diagnosis.certainty === 'certain') return { ...diagnosis, evidence };
  if (told === diagnosis.cause.id) return { ...diagnosis, evidence, certainty: 'likely' };
  const { id, title, fix } = diagnosis.cause;
  const before = { id, title, fix, why: 'What Orgdock thought before the org was asked.' };
  const others = diagnosis.alternatives.filter((other) => other.id !== told);
  const { place, code, raw: fault, org, comparison } = diagnosis;
  return {
    ...diagnosisOf(told, { place, code, fault }, { ...org, evidence }),
    certainty: 'likely',
    alternatives: isOpen(id) ? others : [before, ...others],
    comparison,
  };
}

/** `grant.app_blocked` and `app_blocked` are one cause in two places. */
function sameCause(one: string, other: string): boolean {
  return one.replace(/^grant\./, '') === other.replace(/^grant\./, '');
}

function isOpen(id: string): boolean {
  return id === 'never_came_back' || id === 'grant_ended';
}
