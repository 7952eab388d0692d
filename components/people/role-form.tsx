'use client';

import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { ChoiceField } from '@/components/forms/choice-field';
import type { Role } from '@/lib/context';
import { ROLES } from './role-words';

interface RoleFormProps {
  role: Role;
  action: (form: FormData) => Promise<ActionResult>;
}

/** Another role for a person; it holds at once, in the sessions that they have. */
export function RoleForm({ role, action }: RoleFormProps) {
  return (
    <ActionForm label="Role" action={action} submitLabel="Change role" doneMessage="Changed.">
      {(errors) => (
        <ChoiceField
          name="role"
          label="Role"
          options={ROLES}
          defaultValue={role}
          error={errors.role}
          description="Holds at once. The connections of a new auditor stay in custody and can be disconnected; nothing is read through them."
        />
      )}
    </ActionForm>
  );
}
