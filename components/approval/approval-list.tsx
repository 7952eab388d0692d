import { CircleCheck, Hourglass, TimerOff } from 'lucide-react';
import { ConsentButton } from '@/components/consent/consent-button';
import { ActionButton } from '@/components/forms/action-button';
import type { ActionResult, Answer } from '@/components/forms/action-result';
import { Instant, type Viewer } from '@/components/states/instant';
import type { ApprovalLink, OwnApproval } from '@/lib/provisioning/approval/types';
import { AskApproval } from './ask-approval';

interface ApprovalListProps {
  approvals: OwnApproval[];
  /** Who asks: the mail is signed with it. */
  askedBy: string;
  viewer: Viewer;
  renew: (id: string) => Promise<Answer<ApprovalLink>>;
  withdraw: (id: string) => Promise<ActionResult>;
}

const LOOKS = {
  waiting: { Icon: Hourglass, tone: 'text-muted' },
  done: { Icon: CircleCheck, tone: 'text-success-soft-foreground' },
  expired: { Icon: TimerOff, tone: 'text-warning-soft-foreground' },
} as const;

const TITLES: Record<OwnApproval['state'], (name: string) => string> = {
  waiting: (name) => `Waiting for the Salesforce administrator of ${name}`,
  done: (name) => `${name} can be connected`,
  expired: (name) => `The link for the Salesforce administrator of ${name} has expired`,
};

/** What I asked Salesforce administrators for: who has answered connects with one click. */
export function ApprovalList({ approvals, askedBy, viewer, renew, withdraw }: ApprovalListProps) {
  if (approvals.length === 0) return null;
  return (
    <ul aria-label="Requests to Salesforce administrators" className="space-y-3">
      {approvals.map((approval) => {
        const { id, environment, state } = approval;
        const { Icon, tone } = LOOKS[state];
        return (
          <li
            key={id}
            data-approval={state}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-xl border border-border bg-surface px-4 py-3"
          >
            <div className="flex min-w-0 flex-1 basis-72 gap-3">
              <Icon aria-hidden="true" className={`mt-0.5 size-5 shrink-0 ${tone}`} />
              <div className="min-w-0">
                <p className="font-medium">{TITLES[state](environment.name)}</p>
                <State approval={approval} viewer={viewer} />
              </div>
            </div>
            <div className="flex flex-wrap gap-2">
              {state === 'done' ? (
                <ConsentButton
                  request={{ environment: environment.slug, intent: 'connect' }}
                  size="sm"
                  variant="primary"
                >
                  Connect again<span className="sr-only">: {environment.name}</span>
                </ConsentButton>
              ) : (
                <AskApproval
                  environmentName={environment.name}
                  askedBy={askedBy}
                  viewer={viewer}
                  ask={renew.bind(null, id)}
                  label="Make a new link"
                  size="sm"
                  variant="secondary"
                />
              )}
              <ActionButton size="sm" variant="ghost" action={withdraw.bind(null, id)}>
                Withdraw<span className="sr-only">: {environment.name}</span>
              </ActionButton>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function State({ approval, viewer }: { approval: OwnApproval; viewer: Viewer }) {
  const { state, createdAt, expiresAt, openedAt, doneAt, doneBy, doneNote } = approval;
  if (state === 'done' && doneAt !== null) {
    return (
      <div className="max-w-[60ch] text-[0.8125rem] text-muted">
        <p>
          {doneBy === 'doctor'
            ? 'The org has let the app in, as Orgdock saw '
            : 'Your Salesforce administrator has let the app in, '}
          <Instant iso={doneAt} viewer={viewer} />.
        </p>
        {doneNote === '' ? null : (
          <blockquote className="mt-1 border-l-2 border-border pl-2.5 break-words whitespace-pre-wrap">
            {doneNote}
          </blockquote>
        )}
      </div>
    );
  }
  return (
    <p className="max-w-[60ch] text-[0.8125rem] text-muted">
      Asked <Instant iso={createdAt} viewer={viewer} />,{' '}
      {openedAt === null ? (
        'the link was not opened yet'
      ) : (
        <>
          opened <Instant iso={openedAt} viewer={viewer} />
        </>
      )}
      .{' '}
      {state === 'expired' ? (
        'A new link works for another 7 days.'
      ) : (
        <>
          The link works until <Instant iso={expiresAt} viewer={viewer} exact />. A new one ends it.
        </>
      )}
    </p>
  );
}
