'use client';

import { type ReactNode, useId } from 'react';

interface CheckFieldProps {
  name: string;
  label: string;
  description?: ReactNode;
  /** Where several have one name: what this one stands for. */
  value?: string;
  defaultChecked?: boolean;
  /** With `onChange`, in place of `defaultChecked`: the caller holds the answer. */
  checked?: boolean;
  onChange?: (checked: boolean) => void;
}

/** A yes or no of a form. */
export function CheckField(props: CheckFieldProps) {
  const { name, label, description, defaultChecked = false, checked, onChange } = props;
  const id = useId();
  return (
    <div className="flex gap-3">
      <input
        id={id}
        type="checkbox"
        name={name}
        {...(props.value === undefined ? {} : { value: props.value })}
        {...(checked === undefined ? { defaultChecked } : { checked })}
        {...(onChange ? { onChange: (event) => onChange(event.target.checked) } : {})}
        aria-describedby={description ? `${id}-help` : undefined}
        className="mt-0.5 size-4 shrink-0 cursor-pointer accent-(--accent)"
      />
      <div>
        <label htmlFor={id} className="cursor-pointer text-sm font-medium">
          {label}
        </label>
        {description ? (
          <p id={`${id}-help`} className="text-xs text-muted">
            {description}
          </p>
        ) : null}
      </div>
    </div>
  );
}
