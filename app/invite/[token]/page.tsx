import { notFound } from 'next/navigation';
import { Invitation } from '@/components/consent/invitation';
import { EntryFrame } from '@/components/shell/entry-frame';
import { listSignInProviders } from '@/lib/environments/identity-providers/queries';
import { listSignInEnvironments } from '@/lib/environments/queries';
import { openInvitation } from '@/lib/people/invitations/queries';
import { getContext } from '@/lib/session/context';

export const metadata = { title: 'Invitation' };

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const invitation = await openInvitation(token);
  if (!invitation) notFound();
  const ctx = await getContext();
  const [environments, providers] =
    invitation.state === 'open'
      ? await Promise.all([listSignInEnvironments(), listSignInProviders()])
      : [[], []];
  return (
    <EntryFrame>
      <Invitation
        invitation={invitation}
        token={token}
        environments={environments}
        providers={providers}
        signedInAs={ctx?.displayName ?? null}
        viewer={{ locale: ctx?.locale ?? 'en-GB', timeZone: ctx?.timeZone ?? 'UTC' }}
      />
    </EntryFrame>
  );
}
