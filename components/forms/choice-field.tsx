'use client';

import { inputVariants } from '@heroui/styles';
import { type ReactNode, useId } from 'react';

interface ChoiceFieldProps {
  name: string;
  label: string;
  options: ReadonlyArray<{ value: string; label: string }>;
  defaultValue?: string | undefined;
  /** With `onChange`, in place of `defaultValue`: the caller holds what is chosen. */
  value?: string;
  onChange?: (value: string) => void;
  description?: ReactNode;
  error?: string | undefined;
}

/** One of several, as the platform's own list: best on a phone and with a keyboard. */
export function ChoiceField(props: ChoiceFieldProps) {
  const { name, label, options, defaultValue, value, onChange, description, error } = props;
  const id = useId();
  const described = [description ? `${id}-help` : null, error ? `${id}-error` : null]
    .filter(Boolean)
    .join(' ');
  return (
    <div className="flex w-full flex-col gap-1">
      <label htmlFor={id} className="label">
        {label}
      </label>
      <select
        id={id}
        name={name}
        {...(value === undefined ? { defaultValue } : { value })}
        {...(onChange ? { onChange: (event) => onChange(event.target.value) } : {})}
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
        className={inputVariants({ className: 'h-[2.375rem] w-full' })}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {description ? (
        <p id={`${id}-help`} className="px-1 text-xs text-muted">
          {description}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="px-1 text-xs text-danger">
          {error}
        </p>
      ) : null}
    </div>
  );
}
