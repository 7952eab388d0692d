import { notFound } from 'next/navigation';
import { DeactivatedBadge, RoleBadge } from '@/components/people/role-badge';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { Facts, Section } from '@/components/states/facts';
import { Instant } from '@/components/states/instant';
import { LinkButton } from '@/components/states/link-button';
import { getPerson } from '@/lib/people/directory/queries';
import { requireCustodian } from '@/lib/session/context';
import { viewerOf } from '../../../viewer';
import { AccessSection, Actions, ConnectionsSection, SessionsSection } from './sections';

export const metadata = { title: 'Person' };

export default async function PersonPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireCustodian();
  const person = await getPerson(ctx, (await params).id);
  if (!person) notFound();
  const { displayName, email, role, deactivatedAt, lastSeenAt, createdAt, identities } = person;
  const viewer = viewerOf(ctx);
  const props = { ctx, person, viewer };
  return (
    <Page
      above={<BackLink href="/admin/people">People</BackLink>}
      title={displayName}
      badge={
        <>
          <RoleBadge role={role} />
          {deactivatedAt ? <DeactivatedBadge /> : null}
        </>
      }
      description={email}
      actions={
        <>
          <LinkButton href={`/admin/audit?person=${person.id}`} variant="tertiary" prefetch={false}>
            History
          </LinkButton>
          <Actions {...props} />
        </>
      }
    >
      <div className="max-w-3xl space-y-6">
        <Section title="Facts">
          <Facts
            facts={[
              ...(deactivatedAt
                ? [{ label: 'Deactivated', value: <Instant iso={deactivatedAt} viewer={viewer} exact /> }]
                : []),
              {
                label: 'Last seen',
                value: lastSeenAt ? <Instant iso={lastSeenAt} viewer={viewer} /> : 'Never',
              },
              { label: 'Known since', value: <Instant iso={createdAt} viewer={viewer} exact /> },
              ...identities.map(({ issuer, subject, username }) => ({
                label: 'Signs in as',
                value: username,
                hint: `${issuer} · ${subject}`,
                key: `${issuer} ${subject}`,
              })),
            ]}
          />
        </Section>
        <AccessSection {...props} />
        <ConnectionsSection {...props} />
        <SessionsSection {...props} />
      </div>
    </Page>
  );
}
