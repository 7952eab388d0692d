'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult, Answer } from '@/components/forms/action-result';
import { ChoiceField } from '@/components/forms/choice-field';
import { OVERLAPS, type ShownSecret } from '@/lib/broker/keys/types';
import { OVERLAP_WORDS } from '../words/choices';
import { SecretPanel } from './secret-panel';

interface RotateKeyProps {
  /** The one before still works, so there is nothing to do but wait or retire it. */
  isRotating: boolean;
  rotate: (form: FormData) => Promise<Answer<ShownSecret>>;
}

/** A new secret beside the one of now, which works on for a while: programs change over without a gap. */
export function RotateKey({ isRotating, rotate }: RotateKeyProps) {
  const [secret, setSecret] = useState<string | null>(null);
  if (secret !== null) return <SecretPanel secret={secret} onStored={() => setSecret(null)} />;
  if (isRotating) {
    return (
      <p className="text-muted">
        A rotation is under way. When every program has the new secret, retire the one before; then you can
        rotate again.
      </p>
    );
  }
  const run = async (form: FormData): Promise<ActionResult> => {
    const answer = await rotate(form);
    if (answer.ok) setSecret(answer.value.secret);
    return answer;
  };
  return (
    <ActionForm label="Rotate" action={run} submitLabel="Make a new secret" doneMessage="Made.">
      {(errors) => (
        <div className="max-w-xs">
          <ChoiceField
            name="overlap"
            label="The secret of now works on for"
            options={OVERLAPS.map((value) => ({ value, label: OVERLAP_WORDS[value] }))}
            defaultValue="1d"
            error={errors.overlap}
          />
        </div>
      )}
    </ActionForm>
  );
}
