import { EnvironmentOverview } from '@/components/environments/environment-overview';
import { EnvironmentPage } from '@/components/environments/environment-page';
import { ExpectedOrg } from '@/components/environments/expected-org';
import { getEnvironment } from '@/lib/environments/queries';
import { requireCustodian } from '@/lib/session/context';
import { viewerOf } from '../../../viewer';
import { pinExpectedOrgAction } from '../actions';
import { ApprovalSection } from './approval-section';
import { ChosenSection } from './chosen-section';
import { ConnectLink } from './connect-link';
import { ConnectionsSection } from './connections-section';
import { DeletedEnvironment } from './deleted';
import { DoctorSection } from './doctor-section';
import { LifecycleSection } from './lifecycle-section';
import { PreflightSection } from './preflight-section';
import { ServiceSection } from './service/service-section';

export const metadata = { title: 'Environment' };

export default async function EnvironmentOverviewPage({ params }: { params: Promise<{ slug: string }> }) {
  const ctx = await requireCustodian();
  const { slug } = await params;
  const environment = await getEnvironment(ctx, slug);
  if (!environment) return <DeletedEnvironment ctx={ctx} slug={slug} />;
  const isAdmin = ctx.role === 'admin';
  const viewer = viewerOf(ctx);
  const isDraft = environment.status === 'draft';
  return (
    <EnvironmentPage environment={environment} current="overview">
      <DoctorSection ctx={ctx} environment={environment} viewer={viewer} />
      <EnvironmentOverview environment={environment} />
      {isDraft ? null : <ConnectionsSection ctx={ctx} slug={slug} />}
      {isDraft ? null : (
        <ExpectedOrg environment={environment} pin={isAdmin ? pinExpectedOrgAction.bind(null, slug) : null} />
      )}
      <PreflightSection ctx={ctx} slug={slug} />
      {environment.status === 'active' ? <ConnectLink slug={slug} /> : null}
      <ApprovalSection ctx={ctx} slug={slug} viewer={viewer} />
      {environment.access === 'chosen' ? <ChosenSection ctx={ctx} slug={slug} /> : null}
      {isDraft ? null : <ServiceSection ctx={ctx} slug={slug} />}
      {isAdmin ? <LifecycleSection ctx={ctx} environment={environment} /> : null}
    </EnvironmentPage>
  );
}
