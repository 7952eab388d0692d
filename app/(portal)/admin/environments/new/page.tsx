import { AppIsAMust } from '@/components/environments/app-is-a-must';
import { EnvironmentForm } from '@/components/environments/form/environment-form';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { LinkButton } from '@/components/states/link-button';
import { ARTICLES } from '@/lib/doctor/catalogue/articles';
import { listTakenSlugs } from '@/lib/environments/queries';
import { redirectUriOf } from '@/lib/environments/redirect-uri';
import { newEnvironmentForm } from '@/lib/environments/schema';
import { slugOf } from '@/lib/environments/slug';
import { getOwnPerson } from '@/lib/people/queries';
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
  const [taken, { email }] = await Promise.all([listTakenSlugs(ctx), getOwnPerson(ctx)]);
  const values = { ...newEnvironmentForm(), contactEmail: email };
  return (
    <Page
      above={<BackLink href="/admin/environments">Environments</BackLink>}
      title="Add environment"
      description="Have Salesforce’s Setup open in another tab. This takes about five minutes; a draft can wait for the rest."
    >
      <div className="mb-5 max-w-3xl text-muted">
        <AppIsAMust article={ARTICLES.externalClientApps} />
      </div>
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
