'use client';

import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { Section } from '@/components/states/facts';
import type { ImportPlan } from '@/lib/environments/transfer/types';
import { planInWords } from './import-words';
import { PlanItemCard } from './plan-item-card';

interface ImportPlanFormProps {
  plan: ImportPlan;
  apply: (form: FormData) => Promise<ActionResult>;
}

/** What an import would do, environment by environment, with the secrets that it lacks; confirmed by its button. */
export function ImportPlanForm({ plan, apply }: ImportPlanFormProps) {
  const isPossible = plan.items.some(
    ({ kind, asksSecret }) => kind === 'create' || kind === 'change' || asksSecret,
  );
  const items = (
    <ul className="space-y-3">
      {plan.items.map((item) => (
        <PlanItemCard key={item.slug} item={item} />
      ))}
    </ul>
  );
  return (
    <Section title="2. The plan" description={planInWords(plan)}>
      {isPossible ? (
        <ActionForm
          label="Plan"
          action={apply}
          submitLabel="Apply the plan"
          submitVariant="danger"
          doneMessage="Applied."
          secondary={
            <p className="text-xs text-muted">
              All of it, or nothing when something fails. What is refused or lacks its secret is left out.
            </p>
          }
        >
          {() => items}
        </ActionForm>
      ) : (
        <>
          {items}
          <p role="status" className="mt-3 text-muted">
            There is nothing to apply.
          </p>
        </>
      )}
    </Section>
  );
}
