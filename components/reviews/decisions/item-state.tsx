import { Instant, type Viewer } from '@/components/states/instant';
import type { ReviewItem, RevocationOutcome } from '@/lib/custody/access-review/types';

const BADGE = 'inline-block rounded-md px-2 py-0.5 text-xs leading-5 font-medium';

/** What became of a revocation, in words. */
const OUTCOMES: Record<RevocationOutcome, string> = {
  revoking: 'Salesforce is being asked to revoke it.',
  confirmed: 'Salesforce has confirmed it.',
  ended: 'Salesforce had ended it before.',
  unconfirmed: 'Salesforce has not confirmed it yet. Orgdock asks again.',
  unsendable: 'Salesforce has not confirmed it, and nobody asks again: end it in Salesforce.',
  unknown: 'What came of it is not in the audit log any more.',
};

interface ItemStateProps {
  item: ReviewItem;
  isClosed: boolean;
  viewer: Viewer;
}

/** What was decided on a grant, by whom, why, and what came of it; or that it has changed since. */
export function ItemState({ item, isClosed, viewer }: ItemStateProps) {
  const { decided, standing, outcome, note } = item;
  return (
    <div className="space-y-1">
      {decided ? (
        <>
          <span
            className={`${BADGE} ${decided.decision === 'keep' ? 'bg-success-soft text-success-soft-foreground' : 'bg-danger-soft text-danger-soft-foreground'}`}
          >
            {decided.decision === 'keep' ? 'Keep' : 'Revoked'}
          </span>
          <p className="text-xs text-muted">
            by {decided.by}, <Instant iso={decided.at} viewer={viewer} />
          </p>
          {outcome ? <p className="text-xs">{OUTCOMES[outcome]}</p> : null}
        </>
      ) : isClosed ? (
        <span className={`${BADGE} bg-default text-default-foreground`}>Not decided</span>
      ) : standing === 'unchanged' ? (
        <span className={`${BADGE} bg-warning-soft text-warning-soft-foreground`}>Undecided</span>
      ) : (
        <>
          <span className={`${BADGE} bg-default text-default-foreground`}>Changed since</span>
          <p className="text-xs text-muted">
            {standing === 'replaced'
              ? 'Its owner has connected anew: this is another grant, which the next review sees.'
              : 'It is disconnected: there is nothing to decide.'}
          </p>
        </>
      )}
      {note === '' ? null : <p className="text-xs break-words">“{note}”</p>}
    </div>
  );
}
