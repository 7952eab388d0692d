import { EnvironmentOverview } from '@/components/environments/environment-overview';
import { EnvironmentPage } from '@/components/environments/environment-page';
import { ExpectedOrg } from '@/components/environments/expected-org';
import { getEnvironment } from '@/lib/environments/queries';
import { requireCustodian } from '@/lib/session/context';
import { pinExpectedOrgAction } from '../actions';
import { ChosenSection } from './chosen-section';
import { ConnectLink } from './connect-link';
import { DeletedEnvironment } from './deleted';
import { LifecycleSection } from './lifecycle-section';
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
      )}
      {environment.status === 'active' ? <ConnectLink slug={slug} /> : null}
      {environment.access === 'chosen' ? <ChosenSection ctx={ctx} slug={slug} /> : null}
      {isDraft ? null : <ServiceSection ctx={ctx} slug={slug} />}
      {isAdmin ? <LifecycleSection ctx={ctx} environment={environment} /> : null}
    </EnvironmentPage>
  );
}
