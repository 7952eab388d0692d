import { InviteForm } from '@/components/people/invite-form';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { listChoices } from '@/lib/people/access/queries';
import { requireAdmin } from '@/lib/session/context';
import { inviteAction } from '../actions';

export const metadata = { title: 'Invite' };

export default async function InvitePage() {
  const ctx = await requireAdmin();
  return (
    <Page
      above={<BackLink href="/admin/people">People</BackLink>}
      title="Invite somebody"
      description="Makes a link. Whoever signs in through it first becomes a person of this portal; somebody whom it knows already gets the environments only."
    >
      <div className="max-w-3xl rounded-xl bg-surface p-5 shadow-surface sm:p-7">
        <InviteForm choices={await listChoices(ctx, null)} invite={inviteAction} />
      </div>
    </Page>
  );
}
