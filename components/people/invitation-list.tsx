import { ActionButton } from '@/components/forms/action-button';
import type { ActionResult } from '@/components/forms/action-result';
import { Instant, type Viewer } from '@/components/states/instant';
import type { InvitationRow, InvitationState } from '@/lib/people/types';
import { ROLE_WORDS } from './role-words';

interface InvitationListProps {
  invitations: InvitationRow[];
  viewer: Viewer;
  /** Null: may look only. */
  withdraw: ((id: string) => Promise<ActionResult>) | null;
}

const STATES: Record<InvitationState, string> = {
  open: 'Open',
  accepted: 'Accepted',
  withdrawn: 'Withdrawn',
  expired: 'Expired',
};

/** Invitations and what has become of them. */
export function InvitationList({ invitations, viewer, withdraw }: InvitationListProps) {
  if (invitations.length === 0) return <p className="text-muted">Nobody was invited yet.</p>;
  return (
    <ul className="divide-y divide-separator">
      {invitations.map((invitation) => (
        <li key={invitation.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
          <div className="min-w-0">
            <p>
              <span className="font-semibold">{invitation.displayName}</span>{' '}
              <span className="break-all text-muted">{invitation.email}</span>
            </p>
            <p className="text-[0.8125rem] text-muted">
              {STATES[invitation.state]} · as {ROLE_WORDS[invitation.role]}
              {invitation.environments.length > 0 ? ` · ${invitation.environments.join(', ')}` : null} ·
              invited <Instant iso={invitation.createdAt} viewer={viewer} />
              {invitation.invitedBy ? ` by ${invitation.invitedBy}` : null} ·{' '}
              <End invitation={invitation} viewer={viewer} />
            </p>
          </div>
          {withdraw && invitation.state === 'open' ? (
            <ActionButton variant="danger-soft" size="sm" action={withdraw.bind(null, invitation.id)}>
              Withdraw <span className="sr-only">the invitation of {invitation.displayName}</span>
            </ActionButton>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function End({ invitation, viewer }: { invitation: InvitationRow; viewer: Viewer }) {
  const { state, endedAt, expiresAt, acceptedBy } = invitation;
  if (endedAt === null) {
    return (
      <>
        {state === 'expired' ? 'expired' : 'expires'} <Instant iso={expiresAt} viewer={viewer} />
      </>
    );
  }
  return (
    <>
      {STATES[state].toLowerCase()} <Instant iso={endedAt} viewer={viewer} />
      {acceptedBy ? ` by ${acceptedBy.displayName}` : null}
    </>
  );
}
