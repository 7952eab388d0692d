import { notFound } from 'next/navigation';
import { ProviderControls } from '@/components/identity-providers/provider-controls';
import { ProviderFacts } from '@/components/identity-providers/provider-facts';
import { ProviderForm } from '@/components/identity-providers/provider-form';
import { ProviderState } from '@/components/identity-providers/provider-state';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { relativeWords } from '@/components/states/instant';
import { getIdentityProvider } from '@/lib/environments/identity-providers/queries';
import { listConnectableEnvironments } from '@/lib/environments/queries';
import { requireCustodian } from '@/lib/session/context';
import { viewerOf } from '../../../viewer';
import {
  deleteProviderAction,
  disableProviderAction,
  enableProviderAction,
  testIssuerAction,
  updateProviderAction,
} from '../actions';

export const metadata = { title: 'Identity provider' };

export default async function IdentityProviderPage({ params }: { params: Promise<{ slug: string }> }) {
  const ctx = await requireCustodian();
  const { slug } = await params;
  const provider = await getIdentityProvider(ctx, slug);
  if (!provider) notFound();
  const environments = await listConnectableEnvironments(ctx);
  const { name, issuer, clientId, groupMappings, admitsUnknown, enabled, secret } = provider;
  const updatedAt = secret?.updatedAt ?? null;
  return (
    <Page
      above={<BackLink href="/admin/identity-providers">Identity providers</BackLink>}
      title={name}
      badge={<ProviderState enabled={enabled} />}
    >
      <div className="max-w-3xl space-y-6">
        {secret === null ? (
          <ProviderFacts provider={provider} environments={environments} />
        ) : (
          <>
            <ProviderControls
              name={name}
              enabled={enabled}
              enable={enableProviderAction.bind(null, slug)}
              disable={disableProviderAction.bind(null, slug)}
              remove={deleteProviderAction.bind(null, slug)}
            />
            <div className="rounded-xl bg-surface p-5 shadow-surface sm:p-7">
              <ProviderForm
                values={{
                  ...{ name, issuer, clientId, groupMappings, admitsUnknown },
                  scopes: provider.scopes.join(' '),
                  groupsClaim: provider.groupsClaim ?? '',
                }}
                redirectUri={provider.redirectUri}
                secret={{
                  stored: secret.stored,
                  version: updatedAt,
                  since: updatedAt ? relativeWords(updatedAt, viewerOf(ctx).now) : undefined,
                }}
                environments={environments.map(({ id, name }) => ({ id, name }))}
                submitLabel="Save"
                doneMessage="Saved."
                action={updateProviderAction.bind(null, slug)}
                test={testIssuerAction}
              />
            </div>
          </>
        )}
      </div>
    </Page>
  );
}
