'use client';

import { type ReactNode, useId } from 'react';

interface ChoiceGroupProps<Value extends string> {
  legend: string;
  options: ReadonlyArray<{ value: Value; label: string; description?: string }>;
  /** Null: none of them as it is. */
  value: Value | null;
  onChange: (value: Value) => void;
  error?: string | undefined;
  children?: ReactNode;
}

/** One of a few, each with what it means. */
export function ChoiceGroup<Value extends string>(props: ChoiceGroupProps<Value>) {
  const { legend, options, value, onChange, error, children } = props;
  const id = useId();
  return (
    <fieldset className="min-w-0 space-y-3" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="label mb-1.5">{legend}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {options.map((option) => (
          <label
            key={option.value}
            className="flex min-w-0 cursor-pointer gap-3 rounded-lg border border-border px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name={id}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="mt-0.5 size-4 shrink-0 accent-(--accent)"
            />
            <span className="min-w-0">
              <span className="block text-sm font-medium">{option.label}</span>
              {option.description ? (
                <span className="block text-xs text-pretty text-muted">{option.description}</span>
              ) : null}
            </span>
          </label>
        ))}
      </div>
      {children}
      {error ? (
        <p id={`${id}-error`} className="px-1 text-xs text-danger">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
