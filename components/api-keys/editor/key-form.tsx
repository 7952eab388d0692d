'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult, Answer } from '@/components/forms/action-result';
import { Field } from '@/components/forms/field';
import { LinkButton } from '@/components/states/link-button';
import type { ShownSecret } from '@/lib/broker/keys/types';
import { SecretPanel } from '../detail/secret-panel';
import { NEW_POLICY } from '../words/presets';
import type { EditorOptions } from './fields';
import { PolicyFields } from './policy-fields';

interface KeyFormProps {
  options: EditorOptions;
  /** The list that the new key stands in. */
  base: string;
  create: (form: FormData) => Promise<Answer<ShownSecret>>;
}

/** Makes a key and shows its secret once. */
export function KeyForm({ options, base, create }: KeyFormProps) {
  const router = useRouter();
  const [made, setMade] = useState<ShownSecret | null>(null);
  if (made !== null) {
    return <SecretPanel secret={made.secret} onStored={() => router.push(`${base}/${made.keyId}`)} />;
  }
  const run = async (form: FormData): Promise<ActionResult> => {
    const answer = await create(form);
    if (answer.ok) setMade(answer.value);
    return answer;
  };
  return (
    <ActionForm
      label="API key"
      action={run}
      submitLabel="Make the key"
      doneMessage="Made."
      secondary={
        <LinkButton href={base} variant="ghost">
          Cancel
        </LinkButton>
      }
    >
      {(errors) => (
        <>
          <div className="max-w-md">
            <Field
              name="name"
              label="Name"
              required
              maxLength={80}
              placeholder="Nightly account sync"
              error={errors.name}
              description="What uses it: whoever finds the key in a list must know whom to ask."
            />
          </div>
          <PolicyFields stored={NEW_POLICY} expiry={null} options={options} errors={errors} />
        </>
      )}
    </ActionForm>
  );
}
