import { EnvironmentForm } from '@/components/environments/environment-form';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { LinkButton } from '@/components/states/link-button';
import { DEFAULT_API_VERSION, DEFAULT_SCOPES } from '@/lib/environments/fields/app';
import { listTakenSlugs } from '@/lib/environments/queries';
import { redirectUriOf } from '@/lib/environments/redirect-uri';
import { slugOf } from '@/lib/environments/slug';
import { requireAdmin } from '@/lib/session/context';
import { checkAddressAction, createEnvironmentAction, previewRedirectUri } from '../actions';

export const metadata = { title: 'Add environment' };

export default async function NewEnvironmentPage() {
  const ctx = await requireAdmin();
  const taken = await listTakenSlugs(ctx);
  const name = 'Production';
  return (
    <Page
      above={<BackLink href="/admin/environments">Environments</BackLink>}
      title="Add environment"
      description="Have Salesforce’s Setup open in another tab. This takes about five minutes."
    >
      <div className="max-w-3xl rounded-xl bg-surface p-5 shadow-surface sm:p-7">
        <EnvironmentForm
          values={{
            name,
            kind: 'production',
            origin: '',
            clientId: '',
            apiVersion: DEFAULT_API_VERSION,
            scopes: DEFAULT_SCOPES.join(' '),
            allowSignIn: false,
            membership: 'known_people',
            access: 'everyone',
          }}
          redirectUri={redirectUriOf(slugOf(name, taken))}
          previewRedirectUri={previewRedirectUri}
          checkAddress={checkAddressAction}
          secret={{ stored: false }}
          refreshTokens={{
            idleLimitDays: '30',
            absoluteLimitDays: '',
            introspection: 'true',
            uncertainPolicy: 'reconnect',
          }}
          readingHours={{
            stored: null,
            timeZones: Intl.supportedValuesOf('timeZone'),
            timeZone: ctx.timeZone ?? 'UTC',
          }}
          withAccess
          submitLabel="Add environment"
          doneMessage="Added."
          action={createEnvironmentAction}
          secondary={
            <LinkButton href="/admin/environments" variant="ghost">
              Cancel
            </LinkButton>
          }
        />
      </div>
    </Page>
  );
}
