'use client';

import { ActionButton } from '@/components/forms/action-button';
import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { Field } from '@/components/forms/field';
import type { ChosenPerson } from '@/lib/people/types';

interface ChosenPeopleProps {
  people: ChosenPerson[];
  /** Null: may look only. */
  change: {
    choose: (form: FormData) => Promise<ActionResult>;
    unchoose: (personId: string) => Promise<ActionResult>;
  } | null;
}

/** The members who were chosen for an environment. */
export function ChosenPeople({ people, change }: ChosenPeopleProps) {
  return (
    <div className="space-y-5">
      {people.length > 0 ? (
        <ul aria-label="Chosen people" className="divide-y divide-separator rounded-lg border border-border">
          {people.map(({ id, displayName, email, grantedBy }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2.5">
              <span className="min-w-0">
                <span className="font-medium">{displayName}</span>{' '}
                <span className="break-all text-muted">{email}</span>
                {grantedBy ? <span className="block text-xs text-muted">chosen by {grantedBy}</span> : null}
              </span>
              {change ? (
                <ActionButton variant="danger-soft" size="sm" action={change.unchoose.bind(null, id)}>
                  Remove <span className="sr-only">{displayName}</span>
                </ActionButton>
              ) : null}
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-muted">Nobody was chosen yet: only administrators may use it.</p>
      )}
      {change ? (
        <ActionForm label="Choose" action={change.choose} submitLabel="Choose" doneMessage="Chosen.">
          {(errors) => (
            <Field
              name="person"
              label="Person"
              required
              error={errors.person}
              description="E-mail, or a username that they sign in with."
            />
          )}
        </ActionForm>
      ) : null}
    </div>
  );
}
