'use client';

import { useState } from 'react';
import { EnvironmentChecks } from '@/components/access/environment-checks';
import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult, Answer } from '@/components/forms/action-result';
import { ChoiceField } from '@/components/forms/choice-field';
import { CopyField } from '@/components/forms/copy-field';
import { Field } from '@/components/forms/field';
import { LinkButton } from '@/components/states/link-button';
import type { EnvironmentChoice } from '@/lib/people/types';
import { ROLES } from './role-words';

interface InviteFormProps {
  choices: EnvironmentChoice[];
  invite: (form: FormData) => Promise<Answer<{ link: string }>>;
}

/** Makes the link of an invitation and shows it once. */
export function InviteForm({ choices, invite }: InviteFormProps) {
  const [link, setLink] = useState<string | null>(null);
  if (link !== null) {
    return (
      <div className="space-y-5" role="status">
        <div>
          <h2 className="text-base font-semibold">The invitation is ready</h2>
          <p className="mt-1 text-muted">
            Send this link to the person. It works once, and Orgdock shows it only now.
          </p>
        </div>
        <CopyField label="Invitation link" value={link} />
        <LinkButton href="/admin/people" variant="primary">
          Done
        </LinkButton>
      </div>
    );
  }
  const create = async (form: FormData): Promise<ActionResult> => {
    const answer = await invite(form);
    if (answer.ok) setLink(answer.value.link);
    return answer;
  };
  return (
    <ActionForm
      label="Invitation"
      action={create}
      submitLabel="Make the link"
      doneMessage="Made."
      secondary={
        <LinkButton href="/admin/people" variant="ghost">
          Cancel
        </LinkButton>
      }
    >
      {(errors) => (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field
              name="displayName"
              label="Name"
              required
              maxLength={80}
              error={errors.displayName}
              description="For you and the person: their name here comes from where they sign in."
            />
            <Field
              name="email"
              label="E-mail"
              maxLength={200}
              error={errors.email}
              description="If you want to remember where you sent it. Orgdock sends nothing."
            />
          </div>
          <ChoiceField name="role" label="Role" options={ROLES} defaultValue="member" error={errors.role} />
          {choices.length > 0 ? (
            <EnvironmentChecks choices={choices} legend="Environments for chosen people" />
          ) : null}
          <Field
            name="days"
            label="Works for (days)"
            required
            defaultValue="7"
            maxLength={2}
            error={errors.days}
            description="From 1 to 30. You can withdraw it earlier."
          />
        </>
      )}
    </ActionForm>
  );
}
