import type { ActionResult } from '@/components/forms/action-result';
import { ConfirmDialog } from '@/components/forms/confirm-dialog';

interface CloseReviewProps {
  undecided: number;
  /** Undecided grants that have changed since. */
  changed: number;
  close: () => Promise<ActionResult>;
}

/** Ends a review; says what stays undecided, and asks. */
export function CloseReview({ undecided, changed, close }: CloseReviewProps) {
  return (
    <ConfirmDialog
      trigger="Close review"
      triggerVariant="secondary"
      title={
        undecided === 0
          ? 'Close this review?'
          : `Close this review with ${undecided === 1 ? '1 grant' : `${undecided} grants`} undecided?`
      }
      confirmLabel="Close review"
      action={close}
    >
      {undecided > 0 ? (
        <p>
          Nobody has decided on {undecided === 1 ? 'it' : 'them'}.{' '}
          {undecided === 1 ? 'It stays' : 'They stay'} connected, and the evidence says that nothing was
          decided.
        </p>
      ) : null}
      {changed > 0 ? (
        <p>
          {changed === 1 ? '1 grant has' : `${changed} grants have`} changed since the review began, so there
          was nothing to decide; the evidence says so.
        </p>
      ) : null}
      <p>Nothing of a closed review changes any more. Its evidence stays and can be exported.</p>
    </ConfirmDialog>
  );
}
