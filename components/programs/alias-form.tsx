'use client';

import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { Field } from '@/components/forms/field';

interface AliasFormProps {
  alias: string | null;
  change: (form: FormData) => Promise<ActionResult>;
}

/** Gives the connection another alias. */
export function AliasForm({ alias, change }: AliasFormProps) {
  return (
    <ActionForm label="Alias" action={change} submitLabel="Change alias" doneMessage="Changed">
      {(errors) => (
        <Field
          name="alias"
          label="Alias of this connection"
          defaultValue={alias ?? ''}
          maxLength={60}
          error={errors.alias}
          description="3 to 60 small letters, digits and hyphens, the only one in its environment. Programs that use the old alias stop finding this connection."
        />
      )}
    </ActionForm>
  );
}
