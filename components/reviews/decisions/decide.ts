import type { Answer } from '@/components/forms/action-result';
import type { Decision, DecisionReport, ReviewItem } from '@/lib/custody/access-review/types';

/** Sends a decision on some grants of a review. */
export type Decide = (input: {
  decision: Decision;
  connectionIds: string[];
  note: string;
}) => Promise<Answer<DecisionReport>>;

/** Whether a grant can be decided, or decided anew: a revocation is final. */
export function isOpen({ standing, decided }: ReviewItem): boolean {
  return standing === 'unchanged' && decided?.decision !== 'revoke';
}
