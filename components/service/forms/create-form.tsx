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
  /** The environment's run-as user; null: any. */
  runAs: string | null;
  keySources: readonly KeySource[];
  action: (form: FormData) => Promise<ActionResult>;
  secondary: ReactNode;
}

/** A new service connection: Salesforce is asked for a first token before anything is kept. */
export function CreateForm({ flow, runAs, keySources, action, secondary }: CreateFormProps) {
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
          <CredentialFields flow={flow} errors={errors} username={runAs ?? ''} keySources={keySources} />
          {runAs && flow === 'client_credentials' ? (
            <p className="text-muted">
              The app has to run as <strong className="text-foreground">{runAs}</strong>, as the settings of
              the environment say; another user is refused.
            </p>
          ) : null}
        </>
      )}
    </ActionForm>
  );
}
