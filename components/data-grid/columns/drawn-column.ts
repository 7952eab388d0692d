import type { CSSProperties } from 'react';
import { formatCell } from '@/lib/format/cell';
import type { GridColumn, GridWindow } from '@/lib/records/types';
import { isQuantity } from './column-widths';

/** A column as rows draw it: everything that does not differ from row to row is worked out once. */
export interface DrawnColumn {
  column: GridColumn;
  /** Of its values in a `RowWindow`. */
  at: number;
  /** Its place among the shown columns, from 0. */
  index: number;
  pinned: boolean;
  /** Pixels, as long as nobody drags its edge. */
  width: number;
  /** CSS length: a custom property, so that a dragged edge draws no row again. */
  widthCss: string;
  /** Of a pinned column: CSS length from the left edge. */
  leftCss: string | null;
  end: boolean;
  /** Classes of its cells, and of their ground while they are not selected. */
  shape: string;
  ground: string;
  /** Width and place of its cells: one object, so that React has nothing to compare. */
  style: CSSProperties;
  labels: ReadonlyMap<string, string> | undefined;
  /** One line of text; `currency` is the row's own. */
  text: (value: unknown, currency: string | null) => string;
}

/** The custom property that holds a column's width. */
export function widthProperty(at: number): string {
  return `--column-${at}`;
}

/** A column's formatter, with the reader's locale and zone. */
export function textOf(
  column: GridColumn,
  window: Pick<GridWindow, 'locale' | 'timeZone' | 'currency'>,
): DrawnColumn['text'] {
  const { locale, timeZone, currency } = window;
  const options = { locale, timeZone, scale: column.scale, currency };
  const labels = labelsOf(column);
  const base = labels ? { ...options, labels } : options;
  return (value, own) => formatCell(column.kind, value, own === null ? base : { ...base, currency: own });
}

export function labelsOf({ options }: GridColumn): ReadonlyMap<string, string> | undefined {
  return options ? new Map(options.map(({ value, label }) => [value, label])) : undefined;
}

/** Which side a column's text stands on. */
export function standsAtEnd({ kind }: GridColumn): boolean {
  return isQuantity(kind);
}

/** How the cells of a column look, worked out once. */
export function cellShape(
  isPinned: boolean,
  isLastPinned: boolean,
  end: boolean,
): Pick<DrawnColumn, 'shape' | 'ground'> {
  return {
    shape: [
      'shrink-0 px-3',
      end ? 'justify-end text-right tabular-nums' : '',
      isPinned ? 'sticky z-10' : '',
      isLastPinned ? 'border-r border-separator' : '',
    ].join(' '),
    ground: isPinned ? 'bg-surface group-hover/row:bg-row-hover' : '',
  };
}
