'use client';

import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { ChoiceField } from '@/components/forms/choice-field';
import type { EnvironmentSummary } from '@/lib/environments/types';

interface StartReviewProps {
  environments: EnvironmentSummary[];
  start: (form: FormData) => Promise<ActionResult>;
}

/** Starts a review of all environments or of one. */
export function StartReview({ environments, start }: StartReviewProps) {
  return (
    <ActionForm label="Start a review" action={start} submitLabel="Start review" doneMessage="Started.">
      {(errors) => (
        <div className="max-w-sm">
          <ChoiceField
            name="environment"
            label="Grants of"
            options={[
              { value: '', label: 'All environments' },
              ...environments.map(({ slug, name }) => ({ value: slug, label: name })),
            ]}
            error={errors.environment}
          />
        </div>
      )}
    </ActionForm>
  );
}
