'use client';

import { type ReactNode, useId } from 'react';

interface CheckListProps {
  legend: string;
  options: ReadonlyArray<{ value: string; label: ReactNode; description?: string }>;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  error?: string | undefined;
  /** Said in place of the options when there are none. */
  none?: string;
}

/** Any of several. */
export function CheckList({ legend, options, chosen, onChange, error, none }: CheckListProps) {
  const id = useId();
  return (
    <fieldset className="min-w-0" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="label mb-1.5">{legend}</legend>
      {options.length === 0 ? <p className="text-sm text-muted">{none}</p> : null}
      <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
        {options.map(({ value, label, description }) => (
          <label key={value} className="flex min-w-0 cursor-pointer gap-3">
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              aria-invalid={error ? true : undefined}
              onChange={({ target }) =>
                onChange(target.checked ? [...chosen, value] : chosen.filter((one) => one !== value))
              }
              className="mt-0.5 size-4 shrink-0 accent-(--accent)"
            />
            <span className="min-w-0">
              <span className="block text-sm font-medium break-words">{label}</span>
              {description ? <span className="block text-xs text-muted">{description}</span> : null}
            </span>
          </label>
        ))}
      </div>
      {error ? (
        <p id={`${id}-error`} className="mt-1.5 px-1 text-xs text-danger">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
