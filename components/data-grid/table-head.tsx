'use client';

import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import type { GridColumn } from '@/lib/records/types';
import { type GridTable, isQuantity } from './grid-table';

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const;
const ICONS = { asc: ArrowUp, desc: ArrowDown } as const;

/** The header row: names that sort on click or Enter; with Shift they join the keys that are there. */
export function TableHead({ table, columns }: { table: GridTable; columns: GridColumn[] }) {
  const several = table.state.sorting.length > 1;
  return (
    <thead className="sticky top-0 z-20">
      <tr aria-rowindex={1}>
        {columns.map(({ name, label, kind, sortable }, index) => {
          const column = table.getColumn(name);
          const sorted = column?.getIsSorted() ?? false;
          const alignEnd = isQuantity(kind);
          const Icon = sorted ? ICONS[sorted] : ChevronsUpDown;
          return (
            <th
              key={name}
              scope="col"
              aria-sort={sortable ? (sorted ? ARIA_SORT[sorted] : 'none') : undefined}
              className={`border-b border-border bg-surface-secondary p-0 text-left font-medium ${index === 0 ? 'sticky left-0 z-10 border-r border-r-separator' : ''}`}
            >
              {sortable ? (
                <button
                  type="button"
                  onClick={column?.getToggleSortingHandler()}
                  title="Sort. Hold Shift to sort by several columns."
                  className={`group/sort flex h-9 w-full cursor-pointer items-center gap-1 px-3 text-xs font-medium hover:text-foreground focus-visible:-outline-offset-2 ${alignEnd ? 'flex-row-reverse text-right' : ''} ${sorted ? 'text-foreground' : 'text-muted'}`}
                >
                  <span className="truncate">{label}</span>
                  <Icon
                    aria-hidden="true"
                    className={`size-3.5 shrink-0 ${sorted ? 'text-accent' : 'opacity-0 group-hover/sort:opacity-100 group-focus-visible/sort:opacity-100'}`}
                  />
                  {several && sorted ? (
                    <span aria-hidden="true" className="text-[0.6875rem] text-accent tabular-nums">
                      {(column?.getSortIndex() ?? 0) + 1}
                    </span>
                  ) : null}
                </button>
              ) : (
                <span
                  className={`flex h-9 items-center px-3 text-xs text-muted ${alignEnd ? 'justify-end' : ''}`}
                >
                  <span className="truncate">{label}</span>
                </span>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
