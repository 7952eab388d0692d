import { UserPlus } from 'lucide-react';
import { InvitationList } from '@/components/people/invitation-list';
import { PersonList } from '@/components/people/person-list';
import { RequestList } from '@/components/people/request-list';
import { Page } from '@/components/shell/page';
import { Section } from '@/components/states/facts';
import { relativeWords } from '@/components/states/instant';
import { LinkButton } from '@/components/states/link-button';
import { listChoices } from '@/lib/people/access/queries';
import { listPeople } from '@/lib/people/directory/queries';
import { parsePersonList } from '@/lib/people/directory/schema';
import { listInvitations } from '@/lib/people/invitations/queries';
import { listOpenRequests } from '@/lib/people/requests/queries';
import { requireCustodian } from '@/lib/session/context';
import { viewerOf } from '../../viewer';
import { grantRequestAction, refuseRequestAction, withdrawInvitationAction } from './actions';

export const metadata = { title: 'People' };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function PeoplePage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireCustodian();
  const state = parsePersonList(await searchParams);
  const [list, requests, invitations, choices] = await Promise.all([
    listPeople(ctx, state),
    listOpenRequests(ctx),
    listInvitations(ctx),
    listChoices(ctx, null),
  ]);
  const viewer = viewerOf(ctx);
  const isAdmin = ctx.role === 'admin';
  const asked = requests.map((one) => ({ ...one, asked: relativeWords(one.createdAt, viewer.now) }));
  return (
    <Page
      wide
      title="People"
      description="Who may use this portal, and as what. An auditor reads everything here and changes nothing."
      actions={
        isAdmin ? (
          <LinkButton href="/admin/people/invite" variant="primary">
            <UserPlus aria-hidden="true" />
            Invite
          </LinkButton>
        ) : null
      }
    >
      <div className="space-y-8">
        {requests.length > 0 ? (
          <Section title={`Requests (${requests.length})`} description="People who ask to be let in.">
            <RequestList
              requests={asked}
              choices={choices}
              answer={isAdmin ? { grant: grantRequestAction, refuse: refuseRequestAction } : null}
            />
          </Section>
        ) : null}
        <PersonList list={list} state={state} viewer={viewer} />
        <Section
          title="Invitations"
          description="A link lets one person in, once. It is shown when it is made."
        >
          <InvitationList
            invitations={invitations}
            viewer={viewer}
            withdraw={isAdmin ? withdrawInvitationAction : null}
          />
        </Section>
      </div>
    </Page>
  );
}
