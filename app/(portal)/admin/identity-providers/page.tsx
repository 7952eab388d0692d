import { Building2 } from 'lucide-react';
import { ProviderList } from '@/components/identity-providers/provider-list';
import { SalesforceSwitch } from '@/components/identity-providers/salesforce-switch';
import { Page } from '@/components/shell/page';
import { EmptyState } from '@/components/states/empty-state';
import { LinkButton } from '@/components/states/link-button';
import { listIdentityProviders } from '@/lib/environments/identity-providers/queries';
import { getSalesforceSignIn } from '@/lib/environments/identity-providers/salesforce-sign-in';
import { requireCustodian } from '@/lib/session/context';
import { viewerOf } from '../../viewer';
import { setSalesforceSignInAction } from './actions';

export const metadata = { title: 'Identity providers' };

export default async function IdentityProvidersPage() {
  const ctx = await requireCustodian();
  const [providers, salesforce] = await Promise.all([listIdentityProviders(ctx), getSalesforceSignIn(ctx)]);
  const admin = ctx.role === 'admin';
  const add = admin ? (
    <LinkButton href="/admin/identity-providers/new" variant="primary">
      Add identity provider
    </LinkButton>
  ) : null;
  return (
    <Page
      title="Identity providers"
      description="People sign in with the company’s own login (OpenID Connect), beside Salesforce or instead of it."
      actions={providers.length > 0 ? add : null}
    >
      <div className="space-y-6">
        {providers.length === 0 ? (
          <EmptyState Icon={Building2} title="No identity provider yet" actions={add}>
            Entra ID, Okta, Keycloak and every other provider that speaks OpenID Connect will do.
          </EmptyState>
        ) : (
          <ProviderList providers={providers} viewer={viewerOf(ctx)} />
        )}
        <SalesforceSwitch state={salesforce} change={admin ? setSalesforceSignInAction : null} />
      </div>
    </Page>
  );
}
