'use client';

import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { Field } from '@/components/forms/field';
import { SecretField } from '@/components/forms/secret-field';

interface CredentialsFormProps {
  clientId: string;
  hasSecret: boolean;
  isPublic: boolean;
  action: (form: FormData) => Promise<ActionResult>;
}

/** Key and secret as somebody copied them from Setup. */
export function CredentialsForm({ clientId, hasSecret, isPublic, action }: CredentialsFormProps) {
  return (
    <ActionForm label="Key and secret" action={action} submitLabel="Store" doneMessage="Stored.">
      {(errors) => (
        <>
          <Field
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
              error={errors.consumerSecret}
            />
          )}
        </>
      )}
    </ActionForm>
  );
}
