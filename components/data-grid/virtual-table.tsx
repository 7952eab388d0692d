'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { GridWindow } from '@/lib/records/types';
import type { GridTable } from './grid-table';
import { TableHead } from './table-head';
import { TableRow } from './table-row';

const ROW_HEIGHT = 40;
/** What the server draws before the size of the screen is known: a first screenful. */
const FIRST_PAINT = { width: 1200, height: 640 };

interface VirtualTableProps {
  table: GridTable;
  window: GridWindow;
  pending: boolean;
}

/** A real table of which only the rows in view exist; name column and header stay in place. */
export function VirtualTable({ table, window, pending }: VirtualTableProps) {
  const scroller = useRef<HTMLElement>(null);
  const rows = table.getRowModel().rows;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    initialRect: FIRST_PAINT,
    overscan: 8,
    useFlushSync: false,
  });
  const items = virtualizer.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items[items.length - 1]?.end ?? 0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new window starts at its top
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [window]);

  return (
    <section
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll container must be reachable by keyboard
      tabIndex={0}
      aria-label={`${window.labelPlural}, scrollable`}
      aria-busy={pending}
      className="scrollbar-thin relative min-h-64 flex-1 overflow-auto overscroll-contain rounded-xl bg-surface shadow-surface focus-visible:outline-2 focus-visible:outline-focus"
    >
      <table
        aria-rowcount={window.total + 1}
        aria-colcount={window.columns.length}
        className="w-full table-fixed border-separate border-spacing-0 text-[0.8125rem]"
        style={{ minWidth: table.getTotalSize() }}
      >
        <caption className="sr-only">{window.labelPlural}</caption>
        <colgroup>
          {table.getAllLeafColumns().map((column, index) => (
            <col
              key={column.id}
              style={{ width: index === 0 ? `min(${column.getSize()}px, 46vw)` : column.getSize() }}
            />
          ))}
        </colgroup>
        <TableHead table={table} columns={window.columns} />
        <tbody className={`transition-opacity ${pending ? 'opacity-50 delay-150' : ''}`}>
          <Spacer height={before} columns={window.columns.length} />
          {items.map(({ index }) => (
            <TableRow key={window.ids[index]} window={window} index={rows[index]?.original.index ?? index} />
          ))}
          <Spacer height={after} columns={window.columns.length} />
        </tbody>
      </table>
    </section>
  );
}

/** Stands for the rows that are not drawn. */
function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without content cannot take focus
    <tr aria-hidden="true">
      <td colSpan={columns} className="p-0" style={{ height }} />
    </tr>
  );
}
