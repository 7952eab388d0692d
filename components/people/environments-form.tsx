'use client';

import { EnvironmentChecks } from '@/components/access/environment-checks';
import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import type { EnvironmentChoice } from '@/lib/people/types';

interface EnvironmentsFormProps {
  choices: EnvironmentChoice[];
  action: (form: FormData) => Promise<ActionResult>;
}

/** Which of the environments that are open to chosen people a person may use. */
export function EnvironmentsForm({ choices, action }: EnvironmentsFormProps) {
  return (
    <ActionForm label="Environments" action={action} submitLabel="Save environments" doneMessage="Saved.">
      {() => <EnvironmentChecks choices={choices} legend="Environments for chosen people" />}
    </ActionForm>
  );
}
