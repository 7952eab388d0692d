'use client';

import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { Field } from '@/components/forms/field';

interface RequestFormProps {
  label: string;
  action: (form: FormData) => Promise<ActionResult>;
}

/** Asks the administrators, with a word to them. */
export function RequestForm({ label, action }: RequestFormProps) {
  return (
    <ActionForm
      label={label}
      action={action}
      submitLabel="Request access"
      doneMessage="The administrators see it."
    >
      {() => <Field name="message" label="Message to the administrators (optional)" maxLength={500} />}
    </ActionForm>
  );
}
