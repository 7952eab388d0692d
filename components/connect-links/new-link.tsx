'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult, Answer } from '@/components/forms/action-result';
import { ChoiceField } from '@/components/forms/choice-field';
import { CopyField } from '@/components/forms/copy-field';
import { Field } from '@/components/forms/field';
import { absoluteWords, type Viewer } from '@/components/states/instant';
import type { MadeConnectLink } from '@/lib/consent/links/types';
import type { EnvironmentSummary } from '@/lib/environments/types';

interface NewLinkProps {
  environments: EnvironmentSummary[];
  viewer: Pick<Viewer, 'locale' | 'timeZone'>;
  /** With the fields `environment`, `purpose`, `alias` and `expiresIn`. */
  make: (form: FormData) => Promise<Answer<MadeConnectLink>>;
}

const LIVES = [
  { value: '3600', label: '1 hour' },
  { value: '86400', label: '1 day' },
  { value: '604800', label: '7 days' },
];

/** Makes a connect link and shows it once. */
export function NewLink({ environments, viewer, make }: NewLinkProps) {
  const [link, setLink] = useState<MadeConnectLink | null>(null);
  const submit = async (form: FormData): Promise<ActionResult> => {
    const answer = await make(form);
    if (answer.ok) setLink(answer.value);
    return answer;
  };
  return (
    <div className="space-y-5">
      {link ? (
        <div role="status" className="space-y-3 rounded-xl border border-border bg-surface-secondary p-4">
          <p className="max-w-[60ch] text-pretty">
            <span className="font-semibold">Send this link to whoever is to connect.</span> Orgdock shows it
            only now. It works once, until {absoluteWords(link.expiresAt, viewer)}; who has it can give you a
            connection, and nothing else.
          </p>
          <CopyField label="Connect link" value={link.url} />
        </div>
      ) : null}
      <ActionForm
        key={link?.id ?? 'first'}
        label="New connect link"
        action={submit}
        submitLabel="Make a link"
        doneMessage=""
      >
        {(errors) => (
          <div className="grid gap-4 sm:grid-cols-2">
            <ChoiceField
              name="environment"
              label="Environment"
              options={environments.map(({ slug, name }) => ({ value: slug, label: name }))}
              error={errors.environment}
            />
            <ChoiceField
              name="expiresIn"
              label="Works for"
              options={LIVES}
              defaultValue="86400"
              error={errors.expiresIn}
            />
            <Field
              name="purpose"
              label="What the connection is for"
              maxLength={200}
              required
              error={errors.purpose}
              description="Whoever opens the link reads it."
            />
            <Field
              name="alias"
              label="Alias"
              maxLength={60}
              error={errors.alias}
              description="What programs call the connection by. Left out, one is made."
            />
          </div>
        )}
      </ActionForm>
    </div>
  );
}
