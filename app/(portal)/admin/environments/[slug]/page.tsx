import { ChosenPeople } from '@/components/access/chosen-people';
import { DeleteEnvironment } from '@/components/environments/deletion/delete-environment';
import { EnvironmentFacts } from '@/components/environments/environment-facts';
import { ExpectedOrg } from '@/components/environments/expected-org';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { EnvironmentBadge } from '@/components/states/environment-badge';
import { Section } from '@/components/states/facts';
import { previewEnvironmentDeletion } from '@/lib/custody/environment-deletion/queries';
import { getEnvironment } from '@/lib/environments/queries';
import { listChosenPeople } from '@/lib/people/access/queries';
import { requireCustodian } from '@/lib/session/context';
import { viewerOf } from '../../../viewer';
import { choosePersonAction, unchoosePersonAction } from '../../people/actions';
import { deleteEnvironmentAction, pinExpectedOrgAction } from '../actions';
import { ApprovalSection } from './approval-section';
import { ConnectLink } from './connect-link';
import { DeletedEnvironment } from './deleted';
import { EditEnvironment } from './edit';
import { ServiceSection } from './service/service-section';

export const metadata = { title: 'Environment' };

export default async function EnvironmentPage({ params }: { params: Promise<{ slug: string }> }) {
  const ctx = await requireCustodian();
  const { slug } = await params;
  const environment = await getEnvironment(ctx, slug);
  if (!environment) return <DeletedEnvironment ctx={ctx} slug={slug} />;
  const isAdmin = ctx.role === 'admin';
  const preview = isAdmin ? await previewEnvironmentDeletion(ctx, slug) : null;
  const chosen = environment.access === 'chosen' ? await listChosenPeople(ctx, slug) : null;
  const { name, kind } = environment;
  const viewer = viewerOf(ctx);
  const change = {
    choose: choosePersonAction.bind(null, slug),
    unchoose: unchoosePersonAction.bind(null, slug),
  };
  return (
    <Page
      above={<BackLink href="/admin/environments">Environments</BackLink>}
      title={name}
      badge={<EnvironmentBadge kind={kind} />}
    >
      <div className="max-w-3xl space-y-6">
        <ExpectedOrg environment={environment} pin={isAdmin ? pinExpectedOrgAction.bind(null, slug) : null} />
        {isAdmin ? (
          <EditEnvironment environment={environment} viewer={viewer} />
        ) : (
          <EnvironmentFacts environment={environment} viewer={viewer} />
        )}
        <ConnectLink slug={slug} />
        <ApprovalSection ctx={ctx} slug={slug} viewer={viewer} />
        {chosen ? (
          <Section
            title="Chosen people"
            description="Besides administrators, only these people connect here and read its records. Whoever is removed keeps what they hold, may disconnect it, and reads nothing."
          >
            <ChosenPeople people={chosen} change={isAdmin ? change : null} />
          </Section>
        ) : null}
        <ServiceSection ctx={ctx} slug={slug} />
        {preview ? (
          <DeleteEnvironment
            name={name}
            preview={preview}
            remove={deleteEnvironmentAction.bind(null, slug)}
          />
        ) : null}
      </div>
    </Page>
  );
}
