'use client';

import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { Field } from '@/components/forms/field';

interface RenameFormProps {
  name: string;
  action: (form: FormData) => Promise<ActionResult>;
}

/** Another name for a service connection. */
export function RenameForm({ name, action }: RenameFormProps) {
  return (
    <ActionForm label="Name" action={action} submitLabel="Rename" doneMessage="Renamed.">
      {(errors) => (
        <Field name="name" label="Name" required maxLength={80} defaultValue={name} error={errors.name} />
      )}
    </ActionForm>
  );
}
