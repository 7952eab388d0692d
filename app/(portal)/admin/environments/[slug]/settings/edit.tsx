import { EnvironmentForm } from '@/components/environments/form/environment-form';
import { relativeWords, type Viewer } from '@/components/states/instant';
import type { EnvironmentDetail } from '@/lib/environments/types';
import { checkAddressAction, listApiVersionsAction, updateEnvironmentAction } from '../../actions';

/** The form of an environment, with what is stored. */
export function EditEnvironment({ environment, viewer }: { environment: EnvironmentDetail; viewer: Viewer }) {
  const { slug, status, secretUpdatedAt, hasSecret, redirectUri } = environment;
  return (
    <div className="rounded-xl bg-surface p-5 shadow-surface sm:p-7">
      <EnvironmentForm
        values={environment}
        status={status}
        slug={slug}
        redirectUri={redirectUri}
        checkAddress={checkAddressAction}
        listApiVersions={listApiVersionsAction}
        secret={{
          stored: hasSecret,
          version: secretUpdatedAt,
          since: secretUpdatedAt ? relativeWords(secretUpdatedAt, viewer.now) : undefined,
        }}
        timeZones={Intl.supportedValuesOf('timeZone')}
        timeZone={viewer.timeZone}
        action={updateEnvironmentAction.bind(null, slug)}
      />
    </div>
  );
}
