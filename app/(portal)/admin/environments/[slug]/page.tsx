import { DeleteEnvironment } from '@/components/environments/deletion/delete-environment';
import { EnvironmentForm } from '@/components/environments/environment-form';
import { ExpectedOrg } from '@/components/environments/expected-org';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { EnvironmentBadge } from '@/components/states/environment-badge';
import { relativeWords } from '@/components/states/instant';
import { previewEnvironmentDeletion } from '@/lib/custody/environment-deletion/queries';
import { getEnvironment } from '@/lib/environments/queries';
import { requireAdmin } from '@/lib/session/context';
import { viewerOf } from '../../../viewer';
import { deleteEnvironmentAction, pinExpectedOrgAction, updateEnvironmentAction } from '../actions';
import { DeletedEnvironment } from './deleted';
import { ServiceSection } from './service/service-section';

export const metadata = { title: 'Environment' };

export default async function EnvironmentPage({ params }: { params: Promise<{ slug: string }> }) {
  const ctx = await requireAdmin();
  const { slug } = await params;
  const environment = await getEnvironment(ctx, slug);
  if (!environment) return <DeletedEnvironment ctx={ctx} slug={slug} />;
  const preview = await previewEnvironmentDeletion(ctx, slug);
  const { name, kind, origin, clientId, apiVersion, scopes, allowSignIn, membership } = environment;
  const { secretUpdatedAt } = environment;
  return (
    <Page
      above={<BackLink href="/admin/environments">Environments</BackLink>}
      title={name}
      badge={<EnvironmentBadge kind={kind} />}
    >
      <div className="max-w-3xl space-y-6">
        <ExpectedOrg environment={environment} pin={pinExpectedOrgAction.bind(null, slug)} />
        <div className="rounded-xl bg-surface p-5 shadow-surface sm:p-7">
          <EnvironmentForm
            values={{
              name,
              kind,
              origin,
              clientId,
              apiVersion,
              scopes: scopes.join(' '),
              allowSignIn,
              membership,
            }}
            redirectUri={environment.redirectUri}
            secret={{
              stored: environment.hasSecret,
              version: secretUpdatedAt,
              since: secretUpdatedAt ? relativeWords(secretUpdatedAt, viewerOf(ctx).now) : undefined,
            }}
            refreshTokens={{
              idleLimitDays: String(environment.idleLimitDays ?? ''),
              absoluteLimitDays: String(environment.absoluteLimitDays ?? ''),
              introspection: String(environment.introspection),
              uncertainPolicy: environment.uncertainPolicy,
            }}
            withAccess
            submitLabel="Save"
            doneMessage="Saved."
            action={updateEnvironmentAction.bind(null, slug)}
          />
        </div>
        <ServiceSection ctx={ctx} slug={slug} />
        <DeleteEnvironment name={name} preview={preview} remove={deleteEnvironmentAction.bind(null, slug)} />
      </div>
    </Page>
  );
}
