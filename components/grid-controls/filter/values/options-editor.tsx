'use client';

import { useState } from 'react';
import { matchesField } from '@/components/grid-controls/fields/group-fields';
import { SearchInput } from '@/components/grid-controls/fields/search-input';
import type { PicklistOption } from '@/lib/records/types';

interface OptionsEditorProps {
  label: string;
  options: readonly PicklistOption[];
  values: readonly string[];
  onChange: (values: string[]) => void;
}

/** More than this, and they can be searched. */
const FEW = 8;

/** A picklist as a checklist, with its labels. Values that are not in the list any more stay until they are taken out. */
export function OptionsEditor({ label, options, values, onChange }: OptionsEditorProps) {
  const [typed, setTyped] = useState('');
  const chosen = new Set(values);
  const gone = values
    .filter((value) => !options.some((option) => option.value === value))
    .map((value) => ({ value, label: value, active: false }));
  const all = [...options.filter(({ active, value }) => active || chosen.has(value)), ...gone];
  const found = all.filter((option) => matchesField({ label: option.label, name: option.value }, typed));
  const toggle = (value: string) =>
    onChange(chosen.has(value) ? values.filter((one) => one !== value) : [...values, value]);
  return (
    <fieldset className="rounded-lg border border-border bg-surface p-1.5">
      <legend className="sr-only">{label}</legend>
      {all.length > FEW ? (
        <SearchInput label={`Search values of ${label}`} value={typed} onChange={setTyped} />
      ) : null}
      <div className="mt-1 max-h-48 overflow-y-auto overscroll-contain">
        {found.map((option) => (
          <label
            key={option.value}
            className="flex cursor-pointer items-center gap-2 rounded px-1.5 py-1 text-sm hover:bg-default"
          >
            <input
              type="checkbox"
              checked={chosen.has(option.value)}
              onChange={() => toggle(option.value)}
              className="size-4 shrink-0 accent-(--accent)"
            />
            <span className="min-w-0 break-words">{option.label}</span>
            {option.active ? null : <span className="text-xs text-muted">not in use</span>}
          </label>
        ))}
        {found.length === 0 ? <p className="p-2 text-sm text-muted">No value of that name.</p> : null}
      </div>
      <p role="status" className="px-1.5 pt-1 text-xs text-muted">
        {values.length === 0 ? 'None chosen' : `${values.length} chosen`}
      </p>
    </fieldset>
  );
}
