import { EnvironmentOverview } from '@/components/environments/environment-overview';
import { EnvironmentPage } from '@/components/environments/environment-page';
import { ExpectedOrg } from '@/components/environments/expected-org';
import { getEnvironment } from '@/lib/environments/queries';
import { requireCustodian } from '@/lib/session/context';
import { pinExpectedOrgAction } from '../actions';
import { ChosenSection } from './chosen-section';
import { ConnectLink } from './connect-link';
import { DeletedEnvironment } from './deleted';
<<<<<<< HEAD
import { EditEnvironment } from './edit';
import { PreflightSection } from './preflight-section';
=======
import { LifecycleSection } from './lifecycle-section';
>>>>>>> envform
import { ServiceSection } from './service/service-section';

export const metadata = { title: 'Environment' };

export default async function EnvironmentOverviewPage({ params }: { params: Promise<{ slug: string }> }) {
  const ctx = await requireCustodian();
  const { slug } = await params;
  const environment = await getEnvironment(ctx, slug);
  if (!environment) return <DeletedEnvironment ctx={ctx} slug={slug} />;
  const isAdmin = ctx.role === 'admin';
  const isDraft = environment.status === 'draft';
  return (
    <EnvironmentPage environment={environment} current="overview">
      <EnvironmentOverview environment={environment} />
      {isDraft ? null : (
        <ExpectedOrg environment={environment} pin={isAdmin ? pinExpectedOrgAction.bind(null, slug) : null} />
<<<<<<< HEAD
        {isAdmin ? (
          <EditEnvironment environment={environment} viewer={viewer} />
        ) : (
          <EnvironmentFacts environment={environment} viewer={viewer} />
        )}
        <PreflightSection ctx={ctx} slug={slug} />
        <ConnectLink slug={slug} />
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
=======
      )}
      {environment.status === 'active' ? <ConnectLink slug={slug} /> : null}
      {environment.access === 'chosen' ? <ChosenSection ctx={ctx} slug={slug} /> : null}
      {isDraft ? null : <ServiceSection ctx={ctx} slug={slug} />}
      {isAdmin ? <LifecycleSection ctx={ctx} environment={environment} /> : null}
    </EnvironmentPage>
>>>>>>> envform
  );
}
