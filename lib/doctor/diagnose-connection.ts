import type { ConnectionDetail } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { toAlternative } from '@/lib/doctor/alternatives';
import { CAUSES, type CauseId } from '@/lib/doctor/catalogue/causes';
import { endingId } from '@/lib/doctor/catalogue/causes/grant-endings';
import {
  findCause,
  placeOfConnectionProblem,
  placeOfDataProblem,
  type Signal,
} from '@/lib/doctor/catalogue/find-cause';
import { readHistory } from '@/lib/doctor/history';
import { diagnosisOf, makeDiagnosis } from '@/lib/doctor/make-diagnosis';
import type { Diagnosis } from '@/lib/doctor/types';
import type { Problem } from '@/lib/errors';

/** What Salesforce’s own words say more exactly than the name of the ending does. */
const MORE_EXACT: readonly CauseId[] = [
  'flow_disabled',
  'policy_missing',
  'app_not_installed',
  'client_id_unknown',
  'refresh_in_flight',
  'wrong_host',
  'salesforce_unavailable',
  'setting_up',
  'edge_throttled',
  'host_moved',
];

/** Why a connection that its reader may see is not well; null: it is, as far as anybody knows. */
export async function diagnoseConnection(
  ctx: PersonContext,
  connection: ConnectionDetail,
): Promise<Diagnosis | null> {
  const { problem, environment, instanceUrl } = connection;
  if (!problem) return null;
  const { code, message, salesforce: fault, cause } = problem;
  const signal: Signal = { place: placeOfConnectionProblem(code, fault), code, message, fault };
  const { facts, sentences } = await readHistory(ctx, environment, code);
  const appType = facts?.appType ?? null;
  const known = { instanceUrl, appType, evidence: [...(cause?.evidence ?? []), ...sentences] };
  const exact = findCause(signal);
  if (!cause || cause.code === 'unknown' || (exact && MORE_EXACT.includes(exact))) {
    return makeDiagnosis(signal, known);
  }
  const others = cause.alsoPossible.map((other) =>
    toAlternative([endingId(other.code), 'Nothing that Orgdock knows speaks against it.']),
  );
  return {
    ...diagnosisOf(endingId(cause.code), signal, known),
    certainty: cause.certainty,
    alternatives: others,
    needsApproval: [cause, ...cause.alsoPossible].some(
      (one, index) =>
        CAUSES[endingId(one.code)].needsApproval && (index === 0 || cause.certainty === 'possible'),
    ),
  };
}

/** Why data could not be read through a connection, by the catalogue and the org’s address alone. */
export function diagnoseProblem(problem: Problem, instanceUrl: string | null): Diagnosis {
  const { code, message, details, salesforce: fault } = problem;
  const place = placeOfDataProblem(code, fault);
  const words = [message, ...Object.values(details)].join(' ');
  return makeDiagnosis({ place, code, message: words, fault }, { instanceUrl, appType: null });
}
