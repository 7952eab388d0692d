import { ProviderForm } from '@/components/identity-providers/provider-form';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { LinkButton } from '@/components/states/link-button';
import { DEFAULT_PROVIDER_SCOPES } from '@/lib/environments/identity-providers/schema';
import { listEnvironments, listTakenSlugs } from '@/lib/environments/queries';
import { redirectUriOf } from '@/lib/environments/redirect-uri';
import { slugOf } from '@/lib/environments/slug';
import { requireAdmin } from '@/lib/session/context';
import { createProviderAction, previewProviderUri, testIssuerAction } from '../actions';

export const metadata = { title: 'Add identity provider' };

export default async function NewIdentityProviderPage() {
  const ctx = await requireAdmin();
  const [environments, taken] = await Promise.all([listEnvironments(ctx), listTakenSlugs(ctx)]);
  const name = 'Company login';
  return (
    <Page
      above={<BackLink href="/admin/identity-providers">Identity providers</BackLink>}
      title="Add identity provider"
      description="It is stored disabled. On its page you enable it, after it has answered."
    >
      <div className="max-w-3xl rounded-xl bg-surface p-5 shadow-surface sm:p-7">
        <ProviderForm
          values={{
            name,
            issuer: '',
            clientId: '',
            scopes: DEFAULT_PROVIDER_SCOPES.join(' '),
            groupsClaim: '',
            groupMappings: [],
            admitsUnknown: false,
          }}
          redirectUri={redirectUriOf(slugOf(name, taken))}
          previewRedirectUri={previewProviderUri}
          secret={{ stored: false }}
          environments={environments.map(({ id, name }) => ({ id, name }))}
          submitLabel="Add identity provider"
          doneMessage="Added."
          action={createProviderAction}
          test={testIssuerAction}
          secondary={
            <LinkButton href="/admin/identity-providers" variant="ghost">
              Cancel
            </LinkButton>
          }
        />
      </div>
    </Page>
  );
}
