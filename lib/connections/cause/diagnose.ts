import type { Tx } from '@/db/client';
import type { ProblemEvidence } from '@/db/schema/connections';
import { gatherEvidence, type Refusal } from '@/lib/connections/cause/gather-evidence';
import { nameCause } from '@/lib/connections/cause/name-cause';
import type { CauseCode } from '@/lib/connections/types';

/** What `problem_cause` and `problem_evidence` of a connection are to hold. */
export interface Diagnosis {
  cause: CauseCode;
  evidence: ProblemEvidence;
}

/**
 * Why Salesforce refused a grant, as far as it can be known. In the transaction that writes the refusal down, before
 * the row says it: what the row and its neighbours say at that moment is the evidence. Null: the connection is gone.
 */
export async function diagnose(tx: Tx, refusal: Refusal): Promise<Diagnosis | null> {
  const evidence = await gatherEvidence(tx, refusal);
  if (!evidence) return null;
  const { cause, certainty, evidence: sentences, alsoPossible } = nameCause(evidence);
  return { cause, evidence: { certainty, sentences, alsoPossible } };
}

/** The columns of a diagnosis, for an update. */
export function causeColumns(diagnosis: Diagnosis | null) {
  return { problemCause: diagnosis?.cause ?? null, problemEvidence: diagnosis?.evidence ?? null };
}
