'use client';

import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { Field } from '@/components/forms/field';

/** The name of a key: for people, programs never see it. */
export function RenameKey({
  name,
  rename,
}: {
  name: string;
  rename: (form: FormData) => Promise<ActionResult>;
}) {
  return (
    <ActionForm label="Name" action={rename} submitLabel="Rename" doneMessage="Renamed.">
      {(errors) => (
        <div className="max-w-md">
          <Field name="name" label="Name" defaultValue={name} required maxLength={80} error={errors.name} />
        </div>
      )}
    </ActionForm>
  );
}
