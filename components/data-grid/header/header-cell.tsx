'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import type { GridState } from '@/lib/records/types';
import type { DrawnColumn } from '../columns/drawn-column';
import { nextSort, sortOf } from '../columns/sorting';

interface HeaderCellProps {
  drawn: DrawnColumn;
  last: boolean;
  sort: GridState['sort'];
  onSort: (sort: GridState['sort']) => void;
}

/** A column's name: sorts on click, with Shift as a further key. */
export function HeaderCell({ drawn, last, sort, onSort }: HeaderCellProps) {
  const { column, end, index, pinned, widthCss, leftCss } = drawn;
  const sorted = sortOf(sort, column.name);
  const Icon = sorted?.direction === 'descending' ? ArrowDown : ArrowUp;
  const shape = `flex h-full min-w-0 flex-1 items-center gap-1 px-3 text-xs font-medium ${end ? 'flex-row-reverse text-right' : ''} ${sorted ? 'text-foreground' : 'text-muted'}`;
  return (
    <div
      role="columnheader"
      tabIndex={-1}
      aria-colindex={index + 1}
      aria-sort={column.sortable ? (sorted?.direction ?? 'none') : undefined}
      data-header={index}
      className={`group/head relative flex shrink-0 ${pinned ? 'sticky z-10 bg-surface-secondary' : ''} ${last ? 'border-r border-separator' : ''}`}
      style={leftCss === null ? { width: widthCss } : { width: widthCss, left: leftCss }}
    >
      {column.sortable ? (
        <button
          type="button"
          tabIndex={-1}
          title={`${column.label}: sort. Hold Shift to sort by several columns.`}
          onClick={(event) => onSort(nextSort(sort, column.name, column.kind, event.shiftKey))}
          className={`${shape} cursor-pointer hover:text-foreground focus-visible:-outline-offset-2`}
        >
          <span className="truncate">{column.label}</span>
          {sorted ? <Icon aria-hidden="true" className="size-3.5 shrink-0 text-accent" /> : null}
          {sorted && sort.length > 1 ? (
            <span aria-hidden="true" className="text-[0.6875rem] text-accent tabular-nums">
              {sorted.place + 1}
            </span>
          ) : null}
        </button>
      ) : (
        <span className={shape} title={column.label}>
          <span className="truncate">{column.label}</span>
        </span>
      )}
    </div>
  );
}
