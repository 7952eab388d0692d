'use client';

import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { Field } from '@/components/forms/field';

interface DoneFormProps {
  askedBy: string;
  /** Gets the field `note`. */
  finish: (form: FormData) => Promise<ActionResult>;
}

/** Says to whoever waits that the app is in. */
export function DoneForm({ askedBy, finish }: DoneFormProps) {
  return (
    <ActionForm label="Done" action={finish} submitLabel="Done" doneMessage="Thank you.">
      {(errors) => (
        <Field
          name="note"
          label={`Note to ${askedBy} (optional)`}
          maxLength={500}
          error={errors.note}
          description="At most 500 characters."
        />
      )}
    </ActionForm>
  );
}
