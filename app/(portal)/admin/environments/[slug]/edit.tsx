import { EnvironmentForm } from '@/components/environments/environment-form';
import { relativeWords, type Viewer } from '@/components/states/instant';
import type { EnvironmentDetail } from '@/lib/environments/types';
import { checkAddressAction, updateEnvironmentAction } from '../actions';

/** The form of an environment, with what is stored. */
export function EditEnvironment({ environment, viewer }: { environment: EnvironmentDetail; viewer: Viewer }) {
  const { slug, name, kind, origin, clientId, apiVersion, scopes, allowSignIn, membership, access } =
    environment;
  const { secretUpdatedAt } = environment;
  return (
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
          access,
        }}
        redirectUri={environment.redirectUri}
        checkAddress={checkAddressAction}
        secret={{
          stored: environment.hasSecret,
          version: secretUpdatedAt,
          since: secretUpdatedAt ? relativeWords(secretUpdatedAt, viewer.now) : undefined,
        }}
        refreshTokens={{
          idleLimitDays: String(environment.idleLimitDays ?? ''),
          absoluteLimitDays: String(environment.absoluteLimitDays ?? ''),
          introspection: String(environment.introspection),
          uncertainPolicy: environment.uncertainPolicy,
        }}
        readingHours={{
          stored: environment.readingHours,
          timeZones: Intl.supportedValuesOf('timeZone'),
          timeZone: viewer.timeZone,
        }}
        withAccess
        submitLabel="Save"
        doneMessage="Saved."
        action={updateEnvironmentAction.bind(null, slug)}
      />
    </div>
  );
}
