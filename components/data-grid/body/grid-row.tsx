import { memo, type ReactNode } from 'react';
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
  /** It was asked for and did not come. */
  failed: boolean;
}

/** One record. Drawn once while it is in view: scrolling does not draw it again. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { rows, row, top, height, wrap, numbers, pinned, centre, gap } = props;
  const bare = rows === null && props.active < 0 && props.selectedTo === 0;
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      aria-busy={rows === null || undefined}
      className="group/row absolute inset-x-0 top-0 flex border-b border-separator hover:bg-row-hover"
      style={{ height, lineHeight: wrap ? undefined : `${height - 1}px`, transform: `translateY(${top}px)` }}
    >
      {numbers === null ? null : (
        <div
          aria-hidden="true"
          className="sticky left-0 z-10 flex w-[60px] shrink-0 items-center justify-end bg-surface pr-3 text-xs text-muted tabular-nums group-hover/row:bg-row-hover"
        >
          {numbers}
        </div>
      )}
      {bare ? (
        <Placeholder failed={props.failed} />
      ) : (
        <>
          {pinned.map((drawn) => cell(props, drawn))}
          {gap > 0 ? <div aria-hidden="true" className="shrink-0" style={{ width: gap }} /> : null}
          {centre.map((drawn) => cell(props, drawn))}
        </>
      )}
    </div>
  );
});

/** A row that is not here: one cell, so that it costs nothing to scroll through a thousand of them. */
function Placeholder({ failed }: { failed: boolean }) {
  return (
    <div role="gridcell" aria-colindex={1} className="sticky left-0 flex items-center px-3">
      {failed ? (
        <span className="text-muted">Not loaded</span>
      ) : (
        <span className="h-2 w-[70vw] max-w-4xl rounded-full bg-[repeating-linear-gradient(90deg,var(--default)_0_9rem,transparent_9rem_12rem)]">
          <span className="sr-only">Loading</span>
        </span>
      )}
    </div>
  );
}

/** A text that may be cut off, so that it is shown whole on hover. */
const LONG = 20;

function cell(props: GridRowProps, drawn: DrawnColumn) {
  const { wrap, selectedFrom, selectedTo, active, activeId } = props;
  const { index: at, column, shape, style } = drawn;
  const isActive = at === active;
  const isSelected = at >= selectedFrom && at < selectedTo;
  const inside = content(props, drawn);
  return (
    <div
      key={column.name}
      id={isActive ? activeId : undefined}
      {...roleOf(column.isName, at, isSelected)}
      title={typeof inside === 'string' && inside.length > LONG ? inside : undefined}
      className={`${shape} ${isSelected ? 'bg-accent-soft' : drawn.ground} ${isActive ? 'ring-2 ring-focus ring-inset' : ''} ${wrap ? 'flex items-center' : 'truncate'}`}
      style={style}
    >
      {wrap ? <span className="line-clamp-3 min-w-0 break-words">{inside}</span> : inside}
    </div>
  );
}

function content({ window, rows, index }: GridRowProps, drawn: DrawnColumn): ReactNode {
  if (rows === null) return null;
  return cellContent({
    window,
    drawn,
    id: rows.ids[index] ?? '',
    value: rows.values[drawn.at]?.[index] ?? null,
    currency: rows.currencies?.[index] ?? null,
  });
}

function roleOf(isName: boolean, at: number, isSelected: boolean) {
  return {
    role: isName ? 'rowheader' : 'gridcell',
    'aria-colindex': at + 1,
    'aria-selected': isSelected || undefined,
  };
}
