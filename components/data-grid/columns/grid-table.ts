import {
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  createTableHook,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table';
import type { GridColumn } from '@/lib/records/types';
import { LARGEST_FIRST, widthOf } from './column-widths';

/**
 * The table holds the columns: their order, which are pinned, how wide they are, and the sort. Rows are Salesforce's:
 * it sorts and pages them, and a million of them never become row objects.
 */
const features = tableFeatures({
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  rowSortingFeature,
});

const { createAppColumnHelper, useAppTable } = createTableHook({
  features,
  manualSorting: true,
  enableMultiSort: true,
});

type NoRow = Record<string, never>;

const helper = createAppColumnHelper<NoRow>();

/** No row: a stable, empty list. */
export const NO_ROWS: NoRow[] = [];

/** Column definitions. Stable for as long as the columns are. */
export function definitionsOf(columns: readonly GridColumn[]) {
  return helper.columns(
    columns.map((column) =>
      helper.display({
        id: column.name,
        header: column.label,
        size: widthOf(column),
        enableSorting: column.sortable,
        sortDescFirst: LARGEST_FIRST.has(column.kind),
      }),
    ),
  );
}

export { useAppTable };
