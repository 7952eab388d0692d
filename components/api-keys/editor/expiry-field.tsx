'use client';

import { inputVariants } from '@heroui/styles';
import { useId, useState } from 'react';
import { Group } from '@/components/environments/group';
import { ChoiceField } from '@/components/forms/choice-field';
import { Warning } from './danger-fields';

const CHOICES = [
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
  { value: 'date', label: 'On a date' },
  { value: 'never', label: 'Never' },
];

interface ExpiryFieldProps {
  /** How the key ends now, in words; null: it is a new one. */
  now: string | null;
  errors: Record<string, string | undefined>;
}

/** When the key ends by itself: to be chosen, there is no default. */
export function ExpiryField({ now, errors }: ExpiryFieldProps) {
  const [choice, setChoice] = useState(now === null ? '' : 'keep');
  const id = useId();
  const error = errors.expiresOn;
  const begin = now === null ? { value: '', label: 'Choose…' } : { value: 'keep', label: `As now: ${now}` };
  return (
    <Group title="Until when">
      <div className="grid gap-4 sm:grid-cols-2">
        <ChoiceField
          name="expires"
          label="Ends"
          options={[begin, ...CHOICES]}
          value={choice}
          onChange={setChoice}
          error={errors.expires}
        />
        {choice === 'date' ? (
          <div className="flex flex-col gap-1">
            <label htmlFor={id} className="label">
              Last day (UTC)
            </label>
            <input
              id={id}
              type="date"
              name="expiresOn"
              aria-invalid={error ? true : undefined}
              aria-describedby={error ? `${id}-error` : undefined}
              className={inputVariants({ className: 'h-[2.375rem] w-full' })}
            />
            {error ? (
              <p id={`${id}-error`} className="px-1 text-xs text-danger">
                {error}
              </p>
            ) : null}
          </div>
        ) : null}
      </div>
      {choice === 'never' ? (
        <Warning>
          A key without an end is found years later by somebody else. Prefer a date: a rotation takes a
          minute.
        </Warning>
      ) : null}
    </Group>
  );
}
