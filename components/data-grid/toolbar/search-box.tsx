'use client';

import { searchFieldVariants } from '@heroui/styles';
import { Search, X } from 'lucide-react';
import { memo, useEffect, useRef, useState } from 'react';
import type { GridState, GridWindow } from '@/lib/records/types';
import type { ChangeKind } from '../state/use-grid-url';
import { labelInText } from '../words';

interface SearchBoxProps {
  window: GridWindow;
  q: string;
  change: (patch: Partial<GridState>, kind?: ChangeKind) => void;
}

const slots = searchFieldVariants({ fullWidth: true });

/** Quick search. Waits for a pause in typing; Enter does not. A native field, so that the first paint has no more to load. */
export const SearchBox = memo(function SearchBox({ window, q, change }: SearchBoxProps) {
  const [text, setText] = useState(q);
  const sent = useRef(q);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (q.trim() === sent.current.trim()) return;
    sent.current = q;
    setText(q);
  }, [q]);
  const search = (value: string, kind: ChangeKind) => {
    setText(value);
    sent.current = value;
    change({ q: value }, kind);
  };
  const clear = () => {
    search('', 'replace');
    input.current?.focus();
  };
  return (
    <div
      data-slot="search-field"
      data-empty={text === ''}
      className={slots.base({ className: 'w-full sm:w-44 2xl:w-64' })}
    >
      <div data-slot="search-field-group" className={slots.group()}>
        <Search aria-hidden="true" data-slot="search-field-search-icon" className={slots.searchIcon()} />
        <input
          ref={input}
          type="search"
          data-slot="search-field-input"
          data-grid-search=""
          aria-label={`Search ${window.labelPlural}`}
          placeholder={`Search ${labelInText(window.labelPlural, window.locale)}`}
          autoComplete="off"
          maxLength={200}
          value={text}
          onChange={(event) => search(event.target.value, 'typing')}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'Enter') search(text, 'replace');
            else if (event.key === 'Escape' && text !== '') clear();
            else return;
            event.preventDefault();
          }}
          className={slots.input({ className: 'min-w-0' })}
        />
        {text === '' ? null : (
          <button
            type="button"
            slot="clear"
            tabIndex={-1}
            aria-label="Clear search"
            onClick={clear}
            className="me-2 grid size-5 shrink-0 cursor-pointer place-items-center rounded-full text-muted hover:bg-default hover:text-foreground"
          >
            <X aria-hidden="true" className="size-3" />
          </button>
        )}
      </div>
    </div>
  );
});
