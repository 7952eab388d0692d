'use client';

import { inputVariants } from '@heroui/styles';
import type { ColumnKind } from '@/lib/records/types';

interface PlainEditorProps {
  kind: ColumnKind;
  label: string;
  value: string;
  onChange: (value: string) => void;
}

const FIELD = 'h-9 w-full min-w-0';

/** A text, a number, a time or a yes or no. */
export function PlainEditor({ kind, label, value, onChange }: PlainEditorProps) {
  if (kind === 'boolean') {
    return (
      <select
        aria-label={label}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className={inputVariants({ className: FIELD })}
      >
        <option value="true">yes</option>
        <option value="false">no</option>
      </select>
    );
  }
  const isNumber = kind === 'number' || kind === 'currency' || kind === 'percent';
  return (
    <div className="relative">
      <input
        aria-label={label}
        type={isNumber ? 'number' : kind === 'time' ? 'time' : 'text'}
        {...(isNumber ? { step: 'any', inputMode: 'decimal' as const } : { maxLength: 255 })}
        value={value}
        autoComplete="off"
        spellCheck="false"
        onChange={({ target }) => onChange(target.value)}
        className={inputVariants({ className: `${FIELD} ${kind === 'percent' ? 'pr-7' : ''}` })}
      />
      {kind === 'percent' ? (
        <span aria-hidden="true" className="absolute top-2 right-2.5 text-sm text-muted">
          %
        </span>
      ) : null}
    </div>
  );
}
