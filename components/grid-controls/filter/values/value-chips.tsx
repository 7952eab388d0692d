'use client';

import { X } from 'lucide-react';

interface ValueChipsProps {
  label: string;
  values: ReadonlyArray<{ value: string; words: string }>;
  onRemove: (value: string) => void;
}

/** The values that were chosen so far, each with its way out. */
export function ValueChips({ label, values, onRemove }: ValueChipsProps) {
  if (values.length === 0) return null;
  return (
    <ul aria-label={`Chosen for ${label}`} className="flex flex-wrap gap-1">
      {values.map(({ value, words }) => (
        <li
          key={value}
          className="inline-flex max-w-full items-center gap-0.5 rounded-md bg-accent-soft pl-2 text-xs text-accent-soft-foreground"
        >
          <span className="min-w-0 truncate">{words}</span>
          <button
            type="button"
            aria-label={`Remove ${words}`}
            onClick={() => onRemove(value)}
            className="grid size-6 shrink-0 cursor-pointer place-items-center rounded hover:bg-accent-soft-hover"
          >
            <X aria-hidden="true" className="size-3" />
          </button>
        </li>
      ))}
    </ul>
  );
}
