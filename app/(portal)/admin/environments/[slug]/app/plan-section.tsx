import Link from 'next/link';
import { SettingsMatrix } from '@/components/app-assistant/settings-matrix';
import { CopyField } from '@/components/forms/copy-field';
import { Section } from '@/components/states/facts';
import { appPackOf } from '@/lib/provisioning/app-pack/app-pack';
import { appSettingsOf } from '@/lib/provisioning/app-pack/setting-rows';
import type { AppChoice, AppEnvironment } from '@/lib/provisioning/app-pack/types';
import { wantedAppOf } from '@/lib/provisioning/app-pack/wanted-app';

/** The app as it has to be, in words that can be copied into Setup. */
export function PlanSection({ app, choice }: { app: AppEnvironment; choice: AppChoice | null }) {
  const wanted = wantedAppOf(app, choice);
  const { version, date } = appPackOf(wanted, app.apiVersion);
  const isNew = app.appType === 'external_client_app';
  return (
    <Section
      title={isNew ? 'What will be created' : 'What the existing app needs'}
      description={
        isNew
          ? `An External Client App for this org alone, by template ${version} of ${date}.`
          : `A Connected App that exists already cannot be deployed. Compare it with this table (${date}) and change what differs.`
      }
    >
      <div className="space-y-4">
        {isNew ? (
          <div className="grid gap-4 sm:grid-cols-2">
            <CopyField label="App name" value={wanted.label} />
            <CopyField label="API name" value={wanted.developerName} />
            {wanted.contactEmail ? (
              <CopyField
                label="Contact e-mail"
                value={wanted.contactEmail}
                hint="Salesforce writes there about the app."
              />
            ) : (
              <div>
                <p className="label mb-1">Contact e-mail</p>
                <p>
                  None, and the app cannot be deployed without one. Enter it under{' '}
                  <Link
                    href={`/admin/environments/${app.slug}/settings`}
                    prefetch={false}
                    className="text-link underline"
                  >
                    Settings
                  </Link>
                  .
                </p>
              </div>
            )}
          </div>
        ) : null}
        <CopyField label="Callback URL" value={wanted.callbackUrl} />
        <CopyField label="Scopes" value={wanted.scopes.join(' ')} />
        <details>
          <summary className="inline-link w-fit cursor-pointer">Every setting, and why</summary>
          <div className="mt-3">
            <SettingsMatrix settings={appSettingsOf(wanted, app.appType)} />
          </div>
        </details>
      </div>
    </Section>
  );
}
