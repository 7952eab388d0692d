import { ROLE_WORDS } from '@/components/people/role-words';
import { absoluteWords, type Viewer } from '@/components/states/instant';
import { LinkButton } from '@/components/states/link-button';
import type { IdentityProviderChoice } from '@/lib/environments/identity-providers/types';
import type { EnvironmentSummary } from '@/lib/environments/types';
import type { OpenedInvitation } from '@/lib/people/types';
import { EnvironmentChoices } from './environment-choices';
import { ProviderChoices } from './provider-choices';

interface InvitationProps {
  invitation: OpenedInvitation;
  token: string;
  environments: EnvironmentSummary[];
  providers: IdentityProviderChoice[];
  signedInAs: string | null;
  viewer: Pick<Viewer, 'locale' | 'timeZone'>;
}

const ENDS = {
  accepted: 'This invitation was used',
  withdrawn: 'This invitation was withdrawn',
  expired: 'This invitation has expired',
} as const;

/** Who invited whom to what, and the ways to accept by signing in; or why the link is worth nothing any more. */
export function Invitation(props: InvitationProps) {
  const { invitation, token, environments, providers, signedInAs, viewer } = props;
  const { displayName, role, invitedBy, state, expiresAt } = invitation;
  if (state !== 'open') {
    return (
      <div className="space-y-5">
        <div>
          <h1 className="text-xl font-semibold tracking-tight">{ENDS[state]}</h1>
          <p className="mt-1.5 text-muted">
            {state === 'accepted'
              ? 'A link lets one person in, once. If that was you, sign in as always.'
              : `Ask ${invitedBy ?? 'an administrator'} for a new link.`}
          </p>
        </div>
        <LinkButton href="/sign-in" variant="primary">
          Sign in
        </LinkButton>
      </div>
    );
  }
  return (
    <div className="space-y-6">
      <div>
        <h1 className="text-xl font-semibold tracking-tight">Welcome, {displayName}</h1>
        <p className="mt-1.5">
          {invitedBy ?? 'An administrator'} invited you to Orgdock as {ROLE_WORDS[role]}
          {invitation.environments.length > 0
            ? `, with access to ${invitation.environments.join(', ')}`
            : null}
          .
        </p>
        <p className="mt-1.5 text-muted">
          Accept by signing in, {providers.length > 0 ? 'with your company’s login or ' : ''}through a
          Salesforce org that knows you. Orgdock asks only who you are. If it knows you already, you keep your
          role.
        </p>
      </div>
      {signedInAs ? (
        <p className="rounded-lg bg-warning-soft px-4 py-3 text-warning-soft-foreground">
          You are signed in as {signedInAs}. Whoever signs in below uses the invitation up.
        </p>
      ) : null}
      {providers.length > 0 ? (
        <ProviderChoices
          providers={providers}
          request={{ intent: 'sign_in', invitation: token }}
          verb="Accept with"
        />
      ) : null}
      {environments.length > 0 ? (
        <EnvironmentChoices
          environments={environments}
          request={{ intent: 'sign_in', invitation: token }}
          verb="Accept through"
        />
      ) : providers.length > 0 ? null : (
        <p>No Salesforce org is open for signing in yet. Ask {invitedBy ?? 'an administrator'}.</p>
      )}
      <p className="border-t border-separator pt-4 text-xs text-muted">
        Works once, until {absoluteWords(expiresAt, viewer)}.
      </p>
    </div>
  );
}
