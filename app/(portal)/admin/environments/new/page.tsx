import { EnvironmentForm } from '@/components/environments/form/environment-form';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { LinkButton } from '@/components/states/link-button';
import { listTakenSlugs } from '@/lib/environments/queries';
import { redirectUriOf } from '@/lib/environments/redirect-uri';
import { newEnvironmentForm } from '@/lib/environments/schema';
import { slugOf } from '@/lib/environments/slug';
import { requireAdmin } from '@/lib/session/context';
import {
  checkAddressAction,
  createEnvironmentAction,
  listApiVersionsAction,
  previewRedirectUri,
} from '../actions';

export const metadata = { title: 'Add environment' };

export default async function NewEnvironmentPage() {
  const ctx = await requireAdmin();
  const taken = await listTakenSlugs(ctx);
  const values = newEnvironmentForm();
  return (
    <Page
      above={<BackLink href="/admin/environments">Environments</BackLink>}
      title="Add environment"
      description="Have Salesforce’s Setup open in another tab. This takes about five minutes; a draft can wait for the rest."
    >
      <div className="max-w-3xl rounded-xl bg-surface p-5 shadow-surface sm:p-7">
        <EnvironmentForm
          values={values}
          status="new"
          redirectUri={redirectUriOf(slugOf(values.name, taken))}
          previewRedirectUri={previewRedirectUri}
          checkAddress={checkAddressAction}
          listApiVersions={listApiVersionsAction}
          secret={{ stored: false }}
          timeZones={Intl.supportedValuesOf('timeZone')}
          timeZone={ctx.timeZone ?? 'UTC'}
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
