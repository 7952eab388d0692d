import { notFound } from 'next/navigation';
import { EnvironmentFacts } from '@/components/environments/environment-facts';
import { EnvironmentPage } from '@/components/environments/environment-page';
import { getEnvironment } from '@/lib/environments/queries';
import { requireCustodian } from '@/lib/session/context';
import { viewerOf } from '../../../../viewer';
import { EditEnvironment } from './edit';

export const metadata = { title: 'Settings of an environment' };

export default async function EnvironmentSettingsPage({ params }: { params: Promise<{ slug: string }> }) {
  const ctx = await requireCustodian();
  const environment = await getEnvironment(ctx, (await params).slug);
  if (!environment) notFound();
  const viewer = viewerOf(ctx);
  return (
    <EnvironmentPage environment={environment} current="settings">
      {ctx.role === 'admin' ? (
        <EditEnvironment environment={environment} viewer={viewer} />
      ) : (
        <EnvironmentFacts environment={environment} viewer={viewer} />
      )}
    </EnvironmentPage>
  );
}
