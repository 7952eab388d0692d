import { notFound } from 'next/navigation';
import { ConnectionProblemCard } from '@/components/connections/connection-problem';
import { ForPrograms } from '@/components/programs/for-programs';
import { RemoveService } from '@/components/service/forms/remove-service';
import { RenameForm } from '@/components/service/forms/rename-form';
import { ServiceFacts } from '@/components/service/service-facts';
import { ServiceState } from '@/components/service/service-state';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { EnvironmentBadge } from '@/components/states/environment-badge';
import { Section } from '@/components/states/facts';
import { getServiceConnection } from '@/lib/connections/service/queries';
import { getEnvironment } from '@/lib/environments/queries';
import { requireCustodian } from '@/lib/session/context';
import { viewerOf } from '../../../../../viewer';
import { changeServiceAliasAction } from '../../../../connections/actions';
import * as actions from '../actions';
import { Credentials } from './credentials';
import { NextKey } from './next-key';
import { SharingSection } from './sharing-section';

export const metadata = { title: 'Service connection' };

export default async function ServicePage({ params }: { params: Promise<{ slug: string; id: string }> }) {
  const ctx = await requireCustodian();
  const { slug, id } = await params;
  const environment = await getEnvironment(ctx, slug);
  const connection = environment && (await getServiceConnection(ctx, { slug, id }));
  if (!environment || !connection) notFound();
  const viewer = viewerOf(ctx);
  const isAdmin = ctx.role === 'admin';
  return (
    <Page
      above={<BackLink href={`/admin/environments/${slug}`}>{environment.name}</BackLink>}
      title={connection.name}
      badge={
        <>
          <EnvironmentBadge {...environment} />
          <ServiceState {...connection} />
        </>
      }
      actions={
        isAdmin ? (
          <RemoveService name={connection.name} remove={actions.removeServiceAction.bind(null, slug, id)} />
        ) : null
      }
    >
      <div className="max-w-3xl space-y-6">
        {connection.prepared ? null : <ConnectionProblemCard connection={connection} viewer={viewer} />}
        {isAdmin ? <NextKey connection={connection} slug={slug} viewer={viewer} /> : null}
        {connection.prepared ? null : (
          <>
            <Section title="Runs as">
              <ServiceFacts connection={connection} viewer={viewer} />
            </Section>
            <SharingSection connection={connection} readOnly={!isAdmin} />
            <ForPrograms
              connection={{ ...connection, environment }}
              {...(isAdmin ? { changeAlias: changeServiceAliasAction.bind(null, id) } : {})}
            />
            {isAdmin ? (
              <Credentials ctx={ctx} environment={environment} connection={connection} viewer={viewer} />
            ) : null}
          </>
        )}
        {isAdmin ? (
          <Section title="Name">
            <RenameForm name={connection.name} action={actions.renameServiceAction.bind(null, id)} />
          </Section>
        ) : null}
      </div>
    </Page>
  );
}
