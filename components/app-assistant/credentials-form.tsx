'use client';

import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { Field } from '@/components/forms/field';
import { SecretField } from '@/components/forms/secret-field';

interface CredentialsFormProps {
  clientId: string;
  /** A new key whose secret is missing yet: both are entered at once. */
  waitingKey: string | null;
  hasSecret: boolean;
  isPublic: boolean;
  action: (form: FormData) => Promise<ActionResult>;
}

/** Key and secret as somebody copied them from Setup. */
export function CredentialsForm(props: CredentialsFormProps) {
  const { waitingKey, isPublic, action } = props;
  const clientId = waitingKey ?? props.clientId;
  const hasSecret = waitingKey === null && props.hasSecret;
  return (
    <ActionForm label="Key and secret" action={action} submitLabel="Store" doneMessage="Stored.">
      {(errors) => (
        <>
          <Field
            key={clientId}
            name="clientId"
            label="Consumer key"
            defaultValue={clientId}
            error={errors.clientId}
            required
            maxLength={512}
            placeholder="3MVG9…"
            description="Also called client id (client_id in OAuth) or customer key."
          />
          {isPublic ? null : (
            <SecretField
              // A new one shows as stored.
              key={`${clientId} ${hasSecret}`}
              name="consumerSecret"
              label="Consumer secret"
              stored={hasSecret}
              required={waitingKey !== null}
              error={errors.consumerSecret}
            />
          )}
        </>
      )}
    </ActionForm>
  );
}
