'use client';

import type { ReactNode } from 'react';
import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { Field } from '@/components/forms/field';
import type { ServiceFlow } from '@/lib/connections/types';
import { CredentialFields } from './credential-fields';
import type { KeySource } from './key-choice';

interface CreateFormProps {
  flow: ServiceFlow;
  keySources: readonly KeySource[];
  action: (form: FormData) => Promise<ActionResult>;
  secondary: ReactNode;
}

/** A new service connection: Salesforce is asked for a first token before anything is kept. */
export function CreateForm({ flow, keySources, action, secondary }: CreateFormProps) {
  return (
    <ActionForm
      label="Service connection"
      action={action}
      submitLabel="Create"
      doneMessage="Created."
      secondary={secondary}
    >
      {(errors) => (
        <>
          <Field
            name="name"
            label="Name"
            required
            maxLength={80}
            error={errors.name}
            placeholder="Reporting"
            description="Those whom it is shared with see this name."
          />
          <CredentialFields flow={flow} errors={errors} keySources={keySources} />
        </>
      )}
    </ActionForm>
  );
}
