'use client';

import { inputVariants } from '@heroui/styles';
import { parseDateLiteral } from '@/lib/soql/filter/date-literals';
import { RelativeEditor } from './relative-editor';

interface DayEditorProps {
  label: string;
  /** An ISO day, an ISO instant, or a date literal. */
  value: string;
  onChange: (value: string) => void;
}

/** A day from the calendar, or one that moves with time, such as today. */
export function DayEditor({ label, value, onChange }: DayEditorProps) {
  const isLiteral = parseDateLiteral(value) !== null;
  // An instant comes from a link only; it is kept as it is until it is changed.
  const isInstant = value.length > 10 && !isLiteral;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {isLiteral ? null : (
        <input
          aria-label={label}
          type={isInstant ? 'text' : 'date'}
          min="1700-01-01"
          max="3999-12-31"
          value={value}
          onChange={({ target }) => onChange(target.value)}
          className={inputVariants({ className: 'h-9 min-w-32 flex-1' })}
        />
      )}
      <div className={isLiteral ? 'flex-1' : 'w-24'}>
        <RelativeEditor
          label={isLiteral ? label : `${label}, relative to today`}
          value={value}
          onChange={onChange}
          withExact
        />
      </div>
    </div>
  );
}
