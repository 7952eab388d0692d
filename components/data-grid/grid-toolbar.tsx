'use client';

import { SearchField } from '@heroui/react/search-field';
import { LoaderCircle } from 'lucide-react';
import type { GridWindow } from '@/lib/records/types';
import { totalInWords } from './words';

interface GridToolbarProps {
  window: GridWindow;
  q: string;
  onSearch: (q: string, now?: boolean) => void;
  pending: boolean;
}

/** Search by name, and how many records there are. */
export function GridToolbar({ window, q, onSearch, pending }: GridToolbarProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <SearchField
        aria-label={`Search ${window.labelPlural} by name`}
        value={q}
        onChange={(value) => onSearch(value)}
        onSubmit={(value) => onSearch(value, true)}
        onClear={() => onSearch('', true)}
        className="w-full sm:w-72"
        fullWidth
      >
        <SearchField.Group>
          <SearchField.SearchIcon />
          <SearchField.Input
            placeholder={`Search ${window.labelPlural.toLowerCase()} by name`}
            maxLength={200}
          />
          <SearchField.ClearButton />
        </SearchField.Group>
      </SearchField>
      <p role="status" className="text-muted">
        <span className="font-medium text-foreground tabular-nums" suppressHydrationWarning>
          {totalInWords(window)}
        </span>
        {window.state.q ? <span> match “{window.state.q}”</span> : null}
      </p>
      {pending ? (
        <span role="status" className="inline-flex items-center gap-1.5 text-xs text-muted">
          <LoaderCircle aria-hidden="true" className="size-3.5 animate-spin" />
          Asking Salesforce…
        </span>
      ) : null}
    </div>
  );
}
