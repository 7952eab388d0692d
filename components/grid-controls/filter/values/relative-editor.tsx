'use client';

import { inputVariants } from '@heroui/styles';
import {
  COUNTED_LITERALS,
  DATE_LITERALS,
  formatDateLiteral,
  parseDateLiteral,
} from '@/lib/soql/filter/date-literals';

interface RelativeEditorProps {
  label: string;
  /** A date literal; anything else: an exact day, when the choice of one is offered. */
  value: string;
  onChange: (value: string) => void;
  /** Adds the choice of a day from the calendar. */
  withExact?: boolean;
}

const DEFAULT_COUNT = 30;
const MAX_COUNT = 9_999;

/** A span of days such as the last 30 days, in Salesforce's own terms. */
export function RelativeEditor({ label, value, onChange, withExact = false }: RelativeEditorProps) {
  const literal = parseDateLiteral(value);
  const count = literal?.count ?? null;
  const choose = (name: string) => {
    if (name === '') onChange('');
    else
      onChange(
        formatDateLiteral({ name, count: name in COUNTED_LITERALS ? (count ?? DEFAULT_COUNT) : null }),
      );
  };
  return (
    <div className="flex items-center gap-1.5">
      <select
        aria-label={label}
        value={literal?.name ?? ''}
        onChange={({ target }) => choose(target.value)}
        className={inputVariants({ className: 'h-9 min-w-0 flex-1' })}
      >
        {withExact || literal === null ? <option value="">{withExact ? 'a date' : 'Choose…'}</option> : null}
        <optgroup label="With a number">
          {Object.entries(COUNTED_LITERALS).map(([name, words]) => (
            <option key={name} value={name}>
              {words(2).replace('2', 'N')}
            </option>
          ))}
        </optgroup>
        <optgroup label="Named">
          {Object.entries(DATE_LITERALS).map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </optgroup>
      </select>
      {literal !== null && count !== null ? (
        <input
          aria-label={`${label}: N`}
          type="number"
          min={1}
          max={MAX_COUNT}
          value={count}
          onChange={({ target }) => {
            const next = Math.min(Math.max(Math.trunc(Number(target.value)) || 1, 1), MAX_COUNT);
            onChange(formatDateLiteral({ name: literal.name, count: next }));
          }}
          className={inputVariants({ className: 'h-9 w-20' })}
        />
      ) : null}
    </div>
  );
}
