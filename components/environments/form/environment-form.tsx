'use client';

import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { startConsent } from '@/components/consent/start-consent';
import { ActionForm } from '@/components/forms/action-form';
import type { Answer } from '@/components/forms/action-result';
import { ChoiceField } from '@/components/forms/choice-field';
import { CopyField } from '@/components/forms/copy-field';
import type { HostReport } from '@/lib/environments/host/types';
import type { EnvironmentStatus } from '@/lib/environments/types';
import type { ApiVersion } from '@/lib/salesforce/types';
import { APP_TYPES } from '../choices';
import { AddressField } from '../fields/address-field';
import { CredentialFields, type StoredSecret } from '../fields/credential-fields';
import { IdentityFields } from '../fields/identity-fields';
import { ScopesField } from '../fields/scopes-field';
import { Group } from '../group';
import { ApiVersionField } from '../protocol/api-version-field';
import type { EnvironmentFormValues } from './form-values';
import { FurtherFields } from './further-fields';
import { saveAndAuthorize } from './save-and-authorize';
import { SaveButtons } from './save-buttons';
import { useRedirectUri } from './use-redirect-uri';

interface EnvironmentFormProps {
  values: EnvironmentFormValues;
  /** `setup`: the first environment, with what cannot be done without. `new`: not stored yet. */
  status: EnvironmentStatus | 'new' | 'setup';
  /** Of one that is stored. */
  slug?: string;
  redirectUri: string;
  /** What a name would get. Absent once the environment exists: it never changes. */
  previewRedirectUri?: (name: string) => Promise<string | null>;
  /** Absent where nobody is signed in yet. */
  checkAddress?: (pasted: string) => Promise<Answer<HostReport>>;
  listApiVersions?: (origin: string) => Promise<Answer<ApiVersion[]>>;
  secret: StoredSecret;
  /** Every time zone that the server knows, and the one that a first choice begins with. */
  timeZones: string[];
  timeZone: string;
  /** `stays`: the page is needed after saving. */
  action: (form: FormData, stays: boolean) => Promise<Answer<{ slug: string }>>;
  secondary?: ReactNode;
}

const APP_STEPS =
  'Enable OAuth, choose the scopes below, require a secret and PKCE, turn on refresh token rotation, and paste this as the callback URL, exactly:';

/** The app of one Salesforce target: what Salesforce must be told, then what it gives, then how it is used. */
export function EnvironmentForm(props: EnvironmentFormProps) {
  const { values, status, secret } = props;
  const [name, setName] = useState(values.name);
  const [isProduction, setIsProduction] = useState(values.isProduction);
  const redirectUri = useRedirectUri(name, props.redirectUri, props.previewRedirectUri);
  const short = status === 'setup';
  return (
    <ActionForm
      label="Environment"
      action={(form) => saveAndAuthorize(form, props.action, startConsent)}
      submitLabel={status === 'setup' ? 'Continue' : status === 'draft' ? 'Save and activate' : 'Save'}
      doneMessage="Saved."
      secondary={<SaveButtons status={status}>{props.secondary}</SaveButtons>}
    >
      {(errors) => (
        <>
          <Group title="1. Name it">
            <IdentityFields
              values={values}
              errors={errors}
              onName={setName}
              isProduction={isProduction}
              onProduction={setIsProduction}
              followsKind={status === 'new'}
              short={short}
            />
          </Group>
          <Group title="2. Create the app in Salesforce">
            {short ? null : (
              <ChoiceField
                name="appType"
                label="Kind of app"
                options={APP_TYPES}
                defaultValue={values.appType}
                error={errors.appType}
                description="Since Spring ’26 Salesforce creates External Client Apps only (Setup → External Client App Manager → New). A Connected App that an org already has goes on working (Setup → App Manager)."
              />
            )}
            {short ? null : <LetOrgdock slug={props.slug} />}
            <p className="text-muted">{APP_STEPS}</p>
            <CopyField label="Redirect URI" value={redirectUri} />
            <ScopesField defaultValue={values.scopes.join(' ')} error={errors.scopes} />
          </Group>
          <Group title="3. Enter what Salesforce gives you">
            <AddressField defaultValue={values.origin} error={errors.origin} check={props.checkAddress} />
            <CredentialFields values={values} errors={errors} secret={secret} short={short} />
            <ApiVersionField
              defaultValue={values.apiVersion}
              error={errors.apiVersion}
              list={props.listApiVersions}
            />
          </Group>
          {short ? null : (
            <FurtherFields
              values={values}
              errors={errors}
              warns={isProduction && status !== 'new'}
              timeZones={props.timeZones}
              timeZone={props.timeZone}
            />
          )}
        </>
      )}
    </ActionForm>
  );
}

/** The App tab creates the app; it needs an environment that is stored, if only as a draft. */
function LetOrgdock({ slug }: { slug: string | undefined }) {
  return (
    <p className="text-muted">
      {slug === undefined ? (
        'By hand as below. Or save a draft and let Orgdock create the app: on the draft’s App tab.'
      ) : (
        <>
          By hand as below. Or let Orgdock create the app: on the{' '}
          <Link href={`/admin/environments/${slug}/app`} prefetch={false} className="text-link underline">
            App tab
          </Link>
          .
        </>
      )}
    </p>
  );
}
