'use client';

import { type KeyboardEvent, type RefObject, useId, useState } from 'react';
import type { ParentChoice } from '@/lib/records/fields/types';
import type { GridColumn } from '@/lib/records/types';
import { ChoicesFrame } from './choices-frame';
import { ControlPopover } from './control-popover';
import { type FieldSource, useFieldChoices } from './field-choices';
import { PathLine } from './path-line';
import { PickerList } from './picker-list';
import { likeliest, type PickerItem, pickerSections } from './picker-sections';
import { SearchInput } from './search-input';

interface FieldPickerProps {
  source: FieldSource;
  locale: string;
  anchor: RefObject<HTMLElement | null>;
  usable: (column: GridColumn) => boolean;
  onPick: (column: GridColumn) => void;
  onClose: () => void;
}

/** Chooses a field: by typing, by the arrow keys, and through lookups to fields of parents. */
export function FieldPicker({ source, locale, anchor, usable, onPick, onClose }: FieldPickerProps) {
  const listId = useId();
  const [trail, setTrail] = useState<ParentChoice[]>([]);
  const [typed, setTyped] = useState('');
  // Null: nobody has moved yet.
  const [active, setActive] = useState<number | null>(null);
  const { state, retry } = useFieldChoices(source, trail.at(-1)?.path ?? '');
  const sections = state.kind === 'ready' ? pickerSections(state.choices, typed, usable) : [];
  const items = sections.flatMap((section) => section.items);
  const at = Math.min(active ?? likeliest(items, typed), Math.max(items.length - 1, 0));

  const go = (next: ParentChoice[]) => {
    setTrail(next);
    setTyped('');
    setActive(null);
  };
  const choose = (item: PickerItem) =>
    item.kind === 'field' ? onPick(item.column) : go([...trail, item.parent]);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setActive(Math.min(Math.max(at + step, 0), Math.max(items.length - 1, 0)));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const item = items[at];
      if (item) choose(item);
    } else if (event.key === 'Backspace' && typed === '' && trail.length > 0) {
      go(trail.slice(0, -1));
    }
  };

  return (
    <ControlPopover label="Choose a field" anchor={anchor} onClose={onClose} className="w-80">
      <div className="space-y-2">
        <PathLine trail={trail} onBack={() => go(trail.slice(0, -1))} />
        <SearchInput
          label="Search fields"
          value={typed}
          onChange={(value) => {
            setTyped(value);
            setActive(null);
          }}
          onKeyDown={onKeyDown}
          autoFocus
          listId={listId}
          activeId={items.length > 0 ? `${listId}-${at}` : undefined}
        />
        <ChoicesFrame state={state} retry={retry} locale={locale}>
          {() => <PickerList id={listId} sections={sections} active={at} onChoose={choose} />}
        </ChoicesFrame>
      </div>
    </ControlPopover>
  );
}
