'use client';

import { inputVariants } from '@heroui/styles';
import { type KeyboardEvent, useId, useState } from 'react';
import { SearchInput } from '@/components/grid-controls/fields/search-input';
import type { LookupOption } from '@/lib/records/fields/types';
import type { GridColumn } from '@/lib/records/types';
import { useEditing } from '../filter-editing';
import { LookupList } from './lookup-list';
import { useLookup } from './use-lookup';
import { ValueChips } from './value-chips';

interface LookupEditorProps {
  column: GridColumn;
  ids: readonly string[];
  onChange: (ids: string[]) => void;
}

/** Records of a lookup, found by typing their name. */
export function LookupEditor({ column, ids, onChange }: LookupEditorProps) {
  const { source, nameOf, locale } = useEditing();
  const listId = useId();
  const targets = column.referenceTo ?? [];
  const [target, setTarget] = useState(targets.includes('User') ? 'User' : (targets[0] ?? ''));
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const state = useLookup(source, target === '' ? [] : [target], typed);
  const options = state.kind === 'ready' ? state.found.options.filter(({ id }) => !ids.includes(id)) : [];
  const at = Math.min(active, Math.max(options.length - 1, 0));

  const choose = ({ id }: LookupOption) => {
    onChange([...ids, id]);
    setTyped('');
    setActive(0);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setActive(Math.min(Math.max(at + step, 0), Math.max(options.length - 1, 0)));
    } else if (event.key === 'Enter' && typed !== '') {
      event.preventDefault();
      const option = options[at];
      if (option) choose(option);
    } else if (event.key === 'Escape' && typed !== '') {
      event.stopPropagation();
      setTyped('');
    } else if (event.key === 'Backspace' && typed === '' && ids.length > 0) {
      onChange(ids.slice(0, -1));
    }
  };

  return (
    <div className="space-y-1.5">
      <ValueChips
        label={column.label}
        values={ids.map((id) => ({ value: id, words: nameOf(id) ?? id }))}
        onRemove={(gone) => onChange(ids.filter((id) => id !== gone))}
      />
      <div className="flex gap-1.5">
        {targets.length > 1 ? (
          <select
            aria-label={`Object of ${column.label}`}
            value={target}
            onChange={(event) => setTarget(event.target.value)}
            className={inputVariants({ className: 'h-9 w-28 shrink-0' })}
          >
            {targets.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        ) : null}
        <SearchInput
          label={`Name of ${column.label}`}
          value={typed}
          onChange={(value) => {
            setTyped(value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          listId={listId}
          activeId={options.length > 0 ? `${listId}-${at}` : undefined}
        />
      </div>
      <LookupList
        id={listId}
        state={state}
        options={options}
        typed={typed}
        active={at}
        locale={locale}
        onChoose={choose}
      />
    </div>
  );
}
