import { CheckField } from '@/components/forms/check-field';
import { ChoiceField } from '@/components/forms/choice-field';
import { Field } from '@/components/forms/field';
import { SecretField } from '@/components/forms/secret-field';
import { CLIENT_AUTHENTICATIONS, CLIENT_TYPES } from '../choices';
import type { FieldsProps } from '../form/form-values';

/** `version` changes with the stored secret: the field then hides it again. */
export interface StoredSecret {
  stored: boolean;
  version?: string | null;
  since?: string | undefined;
}

interface CredentialFieldsProps extends FieldsProps {
  secret: StoredSecret;
  /** Set-up asks for key and secret only. */
  short: boolean;
}

/** With what the app proves itself to Salesforce. */
export function CredentialFields({ values, errors, secret, short }: CredentialFieldsProps) {
  return (
    <>
      <Field
        name="clientId"
        label="Consumer key"
        required
        defaultValue={values.clientId}
        error={errors.clientId}
        placeholder="3MVG9…"
        description="Also called client id (client_id in OAuth) or customer key. Salesforce shows it with the app’s OAuth settings."
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
      {short ? null : (
        <div className="grid gap-4 sm:grid-cols-2">
          <ChoiceField
            name="clientType"
            label="Client type"
            options={CLIENT_TYPES}
            defaultValue={values.clientType}
            error={errors.clientType}
            description="Orgdock keeps secrets, so choose confidential unless the app cannot have one. A stored secret stays, unused, when this says public."
          />
          <ChoiceField
            name="clientAuthentication"
            label="How the secret is sent"
            options={CLIENT_AUTHENTICATIONS}
            defaultValue={values.clientAuthentication}
            error={errors.clientAuthentication}
            description="Salesforce accepts both. A gateway in between may want one of them."
          />
        </div>
      )}
    </>
  );
}
