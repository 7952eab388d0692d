import { memo } from 'react';
import type { GridWindow, RowWindow } from '@/lib/records/types';
import type { DrawnColumn } from '../columns/drawn-column';
import { cellContent } from './cell-content';

export interface GridRowProps {
  window: GridWindow;
  /** The window that holds the record; null: it is not here yet. */
  rows: RowWindow | null;
  /** Its place in that window. */
  index: number;
  /** Its place in the whole list, from 0. */
  row: number;
  top: number;
  height: number;
  wrap: boolean;
  numbers: string | null;
  pinned: DrawnColumn[];
  centre: DrawnColumn[];
  /** Pixels of the columns between the pinned ones and `centre`. */
  gap: number;
  /** Selected columns of this row: from, and to before; the same: none. */
  selectedFrom: number;
  selectedTo: number;
  /** The column with the cursor; -1: not in this row. */
  active: number;
  activeId: string;
}

/** One record. Drawn once while it is in view: scrolling does not draw it again. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { rows, row, top, height, numbers, pinned, centre, gap } = props;
  const style = { height, transform: `translateY(${top}px)` };
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      aria-busy={rows === null || undefined}
      className="group/row absolute inset-x-0 top-0 flex border-b border-separator hover:bg-row-hover"
      style={style}
    >
      {numbers === null ? null : (
        <div
          aria-hidden="true"
          className="sticky left-0 z-10 flex w-[60px] shrink-0 items-center justify-end bg-surface pr-3 text-xs text-muted tabular-nums group-hover/row:bg-row-hover"
        >
          {numbers}
        </div>
      )}
      {pinned.map((drawn) => cell(props, drawn))}
      {gap > 0 ? <div aria-hidden="true" className="shrink-0" style={{ width: gap }} /> : null}
      {centre.map((drawn) => cell(props, drawn))}
    </div>
  );
});

function cell(props: GridRowProps, drawn: DrawnColumn) {
  const { window, rows, index, wrap, selectedFrom, selectedTo, active, activeId, pinned } = props;
  const { index: at, column, pinned: isPinned, leftCss, widthCss, end } = drawn;
  const isActive = at === active;
  const isSelected = at >= selectedFrom && at < selectedTo;
  const lastPinned = isPinned && at === pinned.length - 1;
  return (
    <div
      key={column.name}
      id={isActive ? activeId : undefined}
      {...roleOf(column.isName, at, isSelected)}
      data-column={at}
      className={shapeOf({ end, isPinned, lastPinned, isSelected, isActive })}
      style={leftCss === null ? { width: widthCss } : { width: widthCss, left: leftCss }}
      suppressHydrationWarning
    >
      {rows === null ? (
        <span aria-hidden="true" className="h-2 w-3/5 max-w-40 rounded-full bg-default" />
      ) : (
        <span className={wrap ? 'line-clamp-3 min-w-0 break-words' : 'min-w-0 truncate'}>
          {cellContent({
            window,
            drawn,
            id: rows.ids[index] ?? '',
            value: rows.values[drawn.at]?.[index] ?? null,
            currency: rows.currencies?.[index] ?? null,
          })}
        </span>
      )}
    </div>
  );
}

function roleOf(isName: boolean, at: number, isSelected: boolean) {
  return {
    role: isName ? 'rowheader' : 'gridcell',
    'aria-colindex': at + 1,
    'aria-selected': isSelected || undefined,
  };
}

interface CellShape {
  end: boolean;
  isPinned: boolean;
  lastPinned: boolean;
  isSelected: boolean;
  isActive: boolean;
}

function shapeOf({ end, isPinned, lastPinned, isSelected, isActive }: CellShape): string {
  const still = isPinned ? 'bg-surface group-hover/row:bg-row-hover' : '';
  return [
    'flex shrink-0 items-center px-3',
    end ? 'justify-end text-right tabular-nums' : '',
    isPinned ? 'sticky z-10' : '',
    lastPinned ? 'border-r border-separator' : '',
    isSelected ? 'bg-accent-soft' : still,
    isActive ? 'ring-2 ring-focus ring-inset' : '',
  ].join(' ');
}
