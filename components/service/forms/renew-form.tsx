'use client';

import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { CheckField } from '@/components/forms/check-field';
import { Field } from '@/components/forms/field';
import type { ServiceFlow } from '@/lib/connections/types';
import { CredentialFields } from './credential-fields';
import type { KeySource } from './key-choice';

interface RenewFormProps {
  flow: ServiceFlow;
  username: string;
  keySources: readonly KeySource[];
  action: (form: FormData) => Promise<ActionResult>;
}

const SUBMIT: Record<ServiceFlow, string> = {
  jwt_bearer: 'Try and save',
  client_credentials: 'Try again',
  password: 'Try and save',
};

/** Proves a service connection anew, with other credentials or with the same. */
export function RenewForm({ flow, username, keySources, action }: RenewFormProps) {
  return (
    <ActionForm
      label="Credentials"
      action={action}
      submitLabel={SUBMIT[flow]}
      doneMessage="Salesforce took them."
    >
      {(errors) => (
        <>
          <CredentialFields flow={flow} errors={errors} username={username} keySources={keySources} />
          <CheckField
            name="acceptOtherUser"
            label="It may run as another user from now on"
            description={`Now it runs as ${username}. Everybody whom it is shared with reads with the rights of that user.`}
          />
        </>
      )}
    </ActionForm>
  );
}

interface ConnectFormProps {
  username: string;
  /** False: one that has no user yet. */
  replaces: boolean;
  action: (form: FormData) => Promise<ActionResult>;
}

/** Takes a key into use whose certificate is in Salesforce by now. */
export function ConnectForm({ username, replaces, action }: ConnectFormProps) {
  return (
    <ActionForm
      label="Connect"
      action={action}
      submitLabel={replaces ? 'Take the new key into use' : 'Connect'}
      doneMessage="Connected."
    >
      {(errors) => (
        <>
          <input type="hidden" name="flow" value="jwt_bearer" />
          <input type="hidden" name="key" value="next" />
          <Field
            name="username"
            label="Username"
            required
            defaultValue={username}
            error={errors.username}
            description="Of the Salesforce user whom it runs as."
          />
        </>
      )}
    </ActionForm>
  );
}
