import {
  columnPinningFeature,
  columnSizingFeature,
  createTableHook,
  rowPaginationFeature,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table';
import type { ColumnKind, GridColumn, GridWindow } from '@/lib/records/types';

/** What our grids can do. Salesforce sorts and pages; the table only holds the state of it. */
const features = tableFeatures({
  columnPinningFeature,
  columnSizingFeature,
  rowPaginationFeature,
  rowSortingFeature,
});

const { createAppColumnHelper, useAppTable } = createTableHook({
  features,
  manualSorting: true,
  manualPagination: true,
  enableMultiSort: true,
});

/** A row is the index of a record in the window: cells are read from the columns, nothing is copied. */
export type RowIndex = { index: number };

const helper = createAppColumnHelper<RowIndex>();

const WIDTHS: Record<ColumnKind, number> = {
  text: 180,
  longText: 280,
  number: 130,
  currency: 170,
  percent: 150,
  date: 140,
  dateTime: 190,
  boolean: 110,
  picklist: 190,
  reference: 200,
  url: 220,
  email: 220,
  phone: 170,
};

/** Kinds that people compare by size: set to the right, and the largest first on the first click. */
export function isQuantity(kind: ColumnKind): boolean {
  return kind === 'number' || kind === 'currency' || kind === 'percent';
}

const LARGEST_FIRST: ReadonlySet<ColumnKind> = new Set(['number', 'currency', 'percent', 'date', 'dateTime']);

/** Column definitions of a window. Stable for as long as the window is. */
export function columnsOf(window: GridWindow) {
  const definitions = window.columns.map((column: GridColumn, index) =>
    helper.accessor((row) => window.values[index]?.[row.index] ?? null, {
      id: column.name,
      header: column.label,
      size: column.isName ? 280 : WIDTHS[column.kind],
      enableSorting: column.sortable,
      sortDescFirst: LARGEST_FIRST.has(column.kind),
    }),
  );
  return helper.columns(definitions);
}

/** The rows of a window. */
export function rowsOf(window: GridWindow): RowIndex[] {
  return window.ids.map((_, index) => ({ index }));
}

export { useAppTable };

export type GridTable = ReturnType<typeof useAppTable<RowIndex>>;
