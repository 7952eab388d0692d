'use client';

import { inputVariants } from '@heroui/styles';
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { RowButton } from '@/components/grid-controls/columns/shown-list';
import type { GridColumn } from '@/lib/records/types';
import type { SortKey } from '@/lib/soql/types';
import { directionWords } from './sort-words';

interface SortRowProps {
  sortKey: SortKey;
  column: GridColumn | undefined;
  isFirst: boolean;
  isLast: boolean;
  onTurn: (descending: boolean) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
}

/** One column that the list is sorted by, with its direction in words. */
export function SortRow({ sortKey, column, isFirst, isLast, onTurn, onMove, onRemove }: SortRowProps) {
  const label = column?.label ?? sortKey.field;
  const kind = column?.kind ?? 'text';
  const move = (by: 1 | -1, button: HTMLButtonElement) => {
    onMove(by);
    requestAnimationFrame(() => button.focus());
  };
  return (
    <li className="flex items-center gap-1 max-sm:flex-wrap">
      <span className="min-w-0 flex-1 truncate text-sm max-sm:basis-full" title={sortKey.field}>
        {isFirst ? '' : <span className="text-muted">then </span>}
        {label}
      </span>
      <select
        aria-label={`Direction of ${label}`}
        value={sortKey.descending ? 'descending' : 'ascending'}
        onChange={({ target }) => onTurn(target.value === 'descending')}
        className={inputVariants({ className: 'h-9 w-36 shrink-0 py-0 max-sm:flex-1' })}
      >
        <option value="ascending">{directionWords(kind, false)}</option>
        <option value="descending">{directionWords(kind, true)}</option>
      </select>
      <RowButton label={`Move ${label} up`} isDisabled={isFirst} onClick={(button) => move(-1, button)}>
        <ArrowUp aria-hidden="true" className="size-4" />
      </RowButton>
      <RowButton label={`Move ${label} down`} isDisabled={isLast} onClick={(button) => move(1, button)}>
        <ArrowDown aria-hidden="true" className="size-4" />
      </RowButton>
      <RowButton label={`Do not sort by ${label}`} onClick={() => onRemove()}>
        <X aria-hidden="true" className="size-4" />
      </RowButton>
    </li>
  );
}
