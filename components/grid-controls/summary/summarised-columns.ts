import type { ColumnKind, GridColumn } from '@/lib/records/types';

const SUMMARISED: ReadonlySet<ColumnKind> = new Set(['number', 'currency', 'percent', 'date', 'dateTime']);

/** The shown columns of numbers, amounts and dates: what a summary of all rows is asked for. */
export function summarisedColumns(columns: readonly GridColumn[]): string[] {
  return columns.filter(({ kind }) => SUMMARISED.has(kind)).map(({ name }) => name);
}
