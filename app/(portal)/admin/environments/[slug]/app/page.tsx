import { EnvironmentPage } from '@/components/environments/environment-page';
import { getEnvironment } from '@/lib/environments/queries';
import { requireAppEnvironment } from '@/lib/provisioning/app-pack/queries';
import { getDeployment } from '@/lib/provisioning/deployment/queries';
import { getAppDrift } from '@/lib/provisioning/drift/queries';
import { listSetUpAccess } from '@/lib/provisioning/set-up-access/queries';
import { requireCustodian } from '@/lib/session/context';
import { viewerOf } from '../../../../viewer';
import { DeletedEnvironment } from '../deleted';
import { CreateSection } from './create-section';
import { CredentialsSection } from './credentials-section';
import { DriftSection } from './drift-section';
import { PlanSection } from './plan-section';
import { SecretSection } from './secret-section';

export const metadata = { title: 'App' };

export default async function AppPage({ params }: { params: Promise<{ slug: string }> }) {
  const ctx = await requireCustodian();
  const { slug } = await params;
  const environment = await getEnvironment(ctx, slug);
  if (!environment) return <DeletedEnvironment ctx={ctx} slug={slug} />;
  const app = await requireAppEnvironment(ctx, slug);
  const drift = await getAppDrift(ctx, slug);
  const deployment = await getDeployment(ctx, environment.id);
  const access = ctx.role === 'admin' ? await listSetUpAccess(ctx, app) : null;
  const viewer = viewerOf(ctx);
  const canCreate = app.appType === 'external_client_app';
  return (
    <EnvironmentPage environment={environment} current="app">
      <PlanSection app={app} choice={drift.choice} />
      {canCreate ? (
        <CreateSection
          app={app}
          choice={drift.choice}
          deployment={deployment}
          access={access}
          viewer={viewer}
        />
      ) : null}
      <CredentialsSection app={app} deployment={deployment} isAdmin={access !== null} />
      <SecretSection ctx={ctx} slug={slug} />
      <DriftSection
        slug={slug}
        canCreate={canCreate}
        drift={drift}
        deployment={deployment}
        access={access}
        viewer={viewer}
      />
    </EnvironmentPage>
  );
}
