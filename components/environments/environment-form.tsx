'use client';

import { type ReactNode, useState } from 'react';
import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { CheckField } from '@/components/forms/check-field';
import { ChoiceField } from '@/components/forms/choice-field';
import { CopyField } from '@/components/forms/copy-field';
import { Field } from '@/components/forms/field';
import { SecretField } from '@/components/forms/secret-field';
import { KINDS } from './choices';
import { AccessFields } from './fields/access-fields';
import { AddressField, type HostAnswer } from './fields/address-field';
import { RefreshTokenFields, type RefreshTokenValues } from './fields/refresh-token-fields';
import { ScopesField } from './fields/scopes-field';
import { Group } from './group';
import { ReadingHoursFields, type ReadingHoursValues } from './reading-hours/reading-hours-fields';
import { useRedirectUri } from './use-redirect-uri';

export interface EnvironmentFormValues {
  name: string;
  kind: string;
  origin: string;
  clientId: string;
  apiVersion: string;
  scopes: string;
  allowSignIn: boolean;
  membership: string;
  access: string;
}

interface EnvironmentFormProps {
  values: EnvironmentFormValues;
  redirectUri: string;
  /** What a name would get. Absent once the environment exists: it never changes. */
  previewRedirectUri?: (name: string) => Promise<string | null>;
  /** Looks for the org behind an address. Absent where nobody is signed in yet. */
  checkAddress?: (pasted: string) => Promise<HostAnswer>;
  /** `version` changes with the stored secret: the field then hides it again. */
  secret: { stored: boolean; version?: string | null; since?: string | undefined };
  /** Null: the form does not ask, as in set-up, and what is usual holds. */
  refreshTokens: RefreshTokenValues | null;
  /** Null: the form does not ask. */
  readingHours: ReadingHoursValues | null;
  /** Set-up decides sign-in by itself. */
  withAccess: boolean;
  submitLabel: string;
  doneMessage: string;
  action: (form: FormData) => Promise<ActionResult>;
  secondary?: ReactNode;
}

const APP_STEPS =
  'Setup → External Client App Manager → New. Enable OAuth, choose the scopes below, require a secret and PKCE, turn on refresh token rotation, and paste this as the callback URL, exactly:';

/** The app of one Salesforce target: what Salesforce must be told, then what it gives. */
export function EnvironmentForm(props: EnvironmentFormProps) {
  const { values, secret } = props;
  const [name, setName] = useState(values.name);
  const redirectUri = useRedirectUri(name, props.redirectUri, props.previewRedirectUri);
  return (
    <ActionForm
      label="Environment"
      action={props.action}
      submitLabel={props.submitLabel}
      doneMessage={props.doneMessage}
      secondary={props.secondary}
    >
      {(errors) => (
        <>
          <Group title="1. Name it">
            <div className="grid gap-4 sm:grid-cols-2">
              <Field
                name="name"
                label="Name"
                required
                maxLength={80}
                defaultValue={values.name}
                error={errors.name}
                onChange={setName}
              />
              <ChoiceField
                name="kind"
                label="Kind of org"
                options={KINDS}
                defaultValue={values.kind}
                error={errors.kind}
              />
            </div>
          </Group>
          <Group title="2. Create the app in Salesforce">
            <p className="text-muted">{APP_STEPS}</p>
            <CopyField label="Redirect URI" value={redirectUri} />
            <ScopesField defaultValue={values.scopes} error={errors.scopes} />
          </Group>
          <Group title="3. Enter what Salesforce gives you">
            <AddressField defaultValue={values.origin} error={errors.origin} check={props.checkAddress} />
            <Field
              name="clientId"
              label="Consumer key"
              required
              defaultValue={values.clientId}
              error={errors.clientId}
              description="Also called client id."
            />
            <SecretField
              key={secret.version}
              name="consumerSecret"
              label="Consumer secret"
              stored={secret.stored}
              storedSince={secret.since}
              error={errors.consumerSecret}
            />
            {secret.stored ? (
              <CheckField
                name="removeSecret"
                label="Delete the stored secret"
                description="Only for an app that does not require one."
              />
            ) : null}
            <Field
              name="apiVersion"
              label="API version"
              defaultValue={values.apiVersion}
              error={errors.apiVersion}
            />
          </Group>
          {props.withAccess ? <AccessFields values={values} errors={errors} /> : null}
          {props.refreshTokens ? <RefreshTokenFields values={props.refreshTokens} errors={errors} /> : null}
          {props.readingHours ? (
            <ReadingHoursFields {...props.readingHours} error={errors.readingHours} />
          ) : null}
        </>
      )}
    </ActionForm>
  );
}
