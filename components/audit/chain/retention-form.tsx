'use client';

import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { Field } from '@/components/forms/field';
import { Section } from '@/components/states/facts';

interface RetentionFormProps {
  /** Null: for ever. */
  days: number | null;
  /** Null: this reader may not. */
  set: ((form: FormData) => Promise<ActionResult>) | null;
}

/** For how long entries are kept. */
export function RetentionForm({ days, set }: RetentionFormProps) {
  return (
    <Section
      title="How long entries are kept"
      description="Once a day, older entries are removed from the beginning of the chain. A signed checkpoint stays in their place, so that the rest can still be verified."
    >
      {set ? (
        <ActionForm
          label="How long entries are kept"
          action={set}
          submitLabel="Save"
          doneMessage="Saved. It is in the log."
        >
          {(errors) => (
            <div className="max-w-xs">
              <Field
                key={days}
                name="days"
                label="Days"
                defaultValue={days === null ? '' : String(days)}
                placeholder="For ever"
                description="At least 30. Empty: for ever."
                error={errors.days}
                maxLength={6}
              />
            </div>
          )}
        </ActionForm>
      ) : (
        <p>{days === null ? 'For ever.' : `${days} days.`}</p>
      )}
    </Section>
  );
}
