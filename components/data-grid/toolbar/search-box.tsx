'use client';

import { SearchField } from '@heroui/react/search-field';
import { useEffect, useRef, useState } from 'react';
import type { GridState, GridWindow } from '@/lib/records/types';
import type { ChangeKind } from '../state/use-grid-url';
import { labelInText } from '../words';

interface SearchBoxProps {
  window: GridWindow;
  q: string;
  change: (patch: Partial<GridState>, kind?: ChangeKind) => void;
}

/** Quick search. Waits for a pause in typing; Enter does not. */
export function SearchBox({ window, q, change }: SearchBoxProps) {
  const [text, setText] = useState(q);
  const sent = useRef(q);
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
  return (
    <SearchField
      aria-label={`Search ${window.labelPlural}`}
      value={text}
      onChange={(value) => search(value, 'typing')}
      onSubmit={(value) => search(value, 'replace')}
      onClear={() => search('', 'replace')}
      className="w-full sm:w-44 2xl:w-64"
      fullWidth
    >
      <SearchField.Group>
        <SearchField.SearchIcon />
        <SearchField.Input
          data-grid-search=""
          placeholder={`Search ${labelInText(window.labelPlural, window.locale)}`}
          maxLength={200}
        />
        <SearchField.ClearButton />
      </SearchField.Group>
    </SearchField>
  );
}
