'use client';

import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { Field } from '@/components/forms/field';

interface SettleAlertProps {
  /** What tells this alert from others, for assistive technology. */
  name: string;
  settle: (form: FormData) => Promise<ActionResult>;
}

/** Marks an alert as seen, with what was found. */
export function SettleAlert({ name, settle }: SettleAlertProps) {
  return (
    <details className="group/settle">
      <summary className="inline-link w-fit cursor-pointer text-[0.8125rem]">
        Mark as seen<span className="sr-only">: {name}</span>
      </summary>
      <div className="mt-3 max-w-xl">
        <ActionForm
          label={`Mark as seen: ${name}`}
          action={settle}
          submitLabel="Mark as seen"
          doneMessage="Marked."
        >
          {(errors) => (
            <Field
              name="note"
              label="What you found (optional)"
              maxLength={500}
              error={errors.note}
              placeholder="A planned export, agreed with the owner"
            />
          )}
        </ActionForm>
      </div>
    </details>
  );
}
