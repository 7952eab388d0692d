import { notFound } from 'next/navigation';
import { ConnectionProblemCard } from '@/components/connections/connection-problem';
import { RemoveService } from '@/components/service/forms/remove-service';
import { RenameForm } from '@/components/service/forms/rename-form';
import { Sharing } from '@/components/service/forms/sharing';
import { ServiceFacts } from '@/components/service/service-facts';
import { ServiceState } from '@/components/service/service-state';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { EnvironmentBadge } from '@/components/states/environment-badge';
import { Section } from '@/components/states/facts';
import { getServiceConnection } from '@/lib/connections/service/queries';
import { getEnvironment } from '@/lib/environments/queries';
import { requireAdmin } from '@/lib/session/context';
import { viewerOf } from '../../../../../viewer';
import * as actions from '../actions';
import { Credentials } from './credentials';
import { NextKey } from './next-key';

export const metadata = { title: 'Service connection' };

export default async function ServicePage({ params }: { params: Promise<{ slug: string; id: string }> }) {
  const ctx = await requireAdmin();
  const { slug, id } = await params;
  const environment = await getEnvironment(ctx, slug);
  const connection = environment && (await getServiceConnection(ctx, { slug, id }));
  if (!environment || !connection) notFound();
  const viewer = viewerOf(ctx);
  return (
    <Page
      above={<BackLink href={`/admin/environments/${slug}`}>{environment.name}</BackLink>}
      title={connection.name}
      badge={
        <>
          <EnvironmentBadge kind={environment.kind} />
          <ServiceState {...connection} />
        </>
      }
      actions={
        <RemoveService name={connection.name} remove={actions.removeServiceAction.bind(null, slug, id)} />
      }
    >
      <div className="max-w-3xl space-y-6">
        {connection.prepared ? null : <ConnectionProblemCard connection={connection} viewer={viewer} />}
        <NextKey connection={connection} slug={slug} viewer={viewer} />
        {connection.prepared ? null : (
          <>
            <Section title="Runs as">
              <ServiceFacts connection={connection} viewer={viewer} />
            </Section>
            <Section
              title="Shared with"
              description="You read through it only when it is shared with you, too."
            >
              <Sharing
                sharedWith={connection.sharedWith}
                everyone={connection.sharedWithEveryone}
                share={actions.shareServiceAction.bind(null, id)}
                unshare={actions.unshareServiceAction.bind(null, id)}
                shareWithEveryone={actions.shareWithEveryoneAction.bind(null, id)}
              />
            </Section>
            <Credentials ctx={ctx} environment={environment} connection={connection} viewer={viewer} />
          </>
        )}
        <Section title="Name">
          <RenameForm name={connection.name} action={actions.renameServiceAction.bind(null, id)} />
        </Section>
      </div>
    </Page>
  );
}
