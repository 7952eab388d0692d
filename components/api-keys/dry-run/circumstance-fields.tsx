'use client';

import { inputVariants } from '@heroui/styles';
import { useId } from 'react';
import { ChoiceField } from '@/components/forms/choice-field';
import { Field } from '@/components/forms/field';
import type { DryRunForm } from '@/lib/broker/dry-run/types';

interface CircumstanceFieldsProps {
  begin: DryRunForm;
  connections: ReadonlyArray<{ id: string; label: string }>;
  errors: Record<string, string | undefined>;
}

/** Through which connection, from where, and when. */
export function CircumstanceFields({ begin, connections, errors }: CircumstanceFieldsProps) {
  const id = useId();
  const known = connections.some((one) => one.id === begin.connectionId) ? begin.connectionId : undefined;
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <ChoiceField
        name="connectionId"
        label="Connection"
        options={connections.map((one) => ({ value: one.id, label: one.label }))}
        defaultValue={known}
        error={errors.connectionId}
      />
      <Field
        name="address"
        label="From address"
        defaultValue={begin.address}
        maxLength={64}
        placeholder="Not known"
        error={errors.address}
      />
      <div className="flex flex-col gap-1">
        <label htmlFor={id} className="label">
          At (UTC)
        </label>
        <input
          id={id}
          type="datetime-local"
          name="at"
          defaultValue={begin.at}
          aria-invalid={errors.at ? true : undefined}
          aria-describedby={`${id}-help`}
          className={inputVariants({ className: 'h-[2.375rem] w-full' })}
        />
        <p id={`${id}-help`} className={`px-1 text-xs ${errors.at ? 'text-danger' : 'text-muted'}`}>
          {errors.at ?? 'Empty: now.'}
        </p>
      </div>
    </div>
  );
}
