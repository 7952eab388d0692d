import { Instant, type Viewer } from '@/components/states/instant';
import type { WaitingApproval } from '@/lib/provisioning/approval/types';

const STATES: Record<WaitingApproval['state'], string> = {
  waiting: 'waits',
  done: 'done, has not connected yet',
  expired: 'the link has expired',
};

/** Who waits for the Salesforce administrator of one environment. */
export function WaitingList({ approvals, viewer }: { approvals: WaitingApproval[]; viewer: Viewer }) {
  return (
    <ul aria-label="Open requests" className="divide-y divide-separator">
      {approvals.map(({ id, askedBy, createdAt, openedAt, doneAt, doneNote, salesforceError, state }) => (
        <li key={id} data-approval={state} className="py-2.5">
          <p>
            <span className="font-medium">{askedBy}</span>: {STATES[state]}
          </p>
          <p className="text-[0.8125rem] text-muted">
            Asked <Instant iso={createdAt} viewer={viewer} />
            {salesforceError === null ? null : (
              <>
                {' '}
                after <code className="font-mono">{salesforceError}</code>
              </>
            )}
            {openedAt === null ? ', not opened yet' : null}
            {openedAt !== null && doneAt === null ? (
              <>
                , opened <Instant iso={openedAt} viewer={viewer} />
              </>
            ) : null}
            {doneAt === null ? null : (
              <>
                , done <Instant iso={doneAt} viewer={viewer} />
              </>
            )}
            .
          </p>
          {doneNote === '' ? null : (
            <blockquote className="mt-1 border-l-2 border-border pl-2.5 text-[0.8125rem] break-words whitespace-pre-wrap text-muted">
              {doneNote}
            </blockquote>
          )}
        </li>
      ))}
    </ul>
  );
}
