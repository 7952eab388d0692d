import { notFound } from 'next/navigation';
import { EnvironmentTroubles } from '@/components/doctor/environment-trouble';
import { EnvironmentNotices } from '@/components/environments/environment-notices';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { EnvironmentBadge } from '@/components/states/environment-badge';
import { diagnoseEnvironment } from '@/lib/doctor/diagnose-environment';
import { getEnvironment } from '@/lib/environments/queries';
import { requireCustodian } from '@/lib/session/context';
import { viewerOf } from '../../../../viewer';

export const metadata = { title: 'Connection Doctor' };

const DESCRIPTION =
  'What fails in this environment, by cause: its app, its connections, and consents of the last 7 days.';

export default async function EnvironmentDoctorPage({ params }: { params: Promise<{ slug: string }> }) {
  const ctx = await requireCustodian();
  const { slug } = await params;
  const environment = await getEnvironment(ctx, slug);
  if (!environment) notFound();
  const troubles = await diagnoseEnvironment(ctx, environment);
  return (
    <Page
      above={<BackLink href={`/admin/environments/${slug}`}>{environment.name}</BackLink>}
      title="Connection Doctor"
      badge={<EnvironmentBadge {...environment} />}
      description={DESCRIPTION}
    >
      <div className="max-w-3xl space-y-6">
        <EnvironmentNotices environment={environment} />
        <EnvironmentTroubles troubles={troubles} viewer={viewerOf(ctx)} />
      </div>
    </Page>
  );
}
