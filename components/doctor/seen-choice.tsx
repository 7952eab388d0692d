'use client';

import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { ChoiceField } from '@/components/forms/choice-field';

interface SeenChoiceProps {
  /** Name of the environment. */
  name: string;
  options: ReadonlyArray<{ value: string; label: string }>;
  /** Leads to the diagnosis when it worked. */
  tell: (form: FormData) => Promise<ActionResult>;
}

/** Asks what Salesforce showed: only the person in front of it knows, because Orgdock never hears of it. */
export function SeenChoice({ name, options, tell }: SeenChoiceProps) {
  return (
    <details className="basis-full">
      <summary className="cursor-pointer rounded-sm text-link">
        Did Salesforce show an error?<span className="sr-only"> For {name}</span>
      </summary>
      <div className="mt-3 max-w-xl">
        <ActionForm
          label={`What Salesforce showed for ${name}`}
          action={tell}
          submitLabel="Find the cause"
          doneMessage="Noted."
        >
          {(errors) => <ChoiceField name="seen" label="What you saw" options={options} error={errors.seen} />}
        </ActionForm>
      </div>
    </details>
  );
}
