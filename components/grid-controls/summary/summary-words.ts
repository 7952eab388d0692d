import { formatCell } from '@/lib/format/cell';
import type { ColumnSummary, GridSummary } from '@/lib/records/summary/types';
import { tsvCell } from '../charts/chart-words';

export const SUMMARY_HEADINGS = ['Column', 'Values', 'Sum', 'Average', 'Least', 'Greatest'] as const;

interface Reader {
  locale: string;
  timeZone: string;
}

/** The cells behind a column's label; what it does not have is empty. An average has two digits more than its field, of amounts two. */
export function summaryCells(
  { kind, scale, filled, sum, average, smallest, largest }: ColumnSummary,
  currency: string | null,
  reader: Reader,
): string[] {
  const cell = (value: number | string | null, digits = scale) =>
    formatCell(kind, value, { ...reader, currency, scale: digits });
  const counted = formatCell('count', filled, { ...reader, currency: null, scale: 0 });
  return [
    counted,
    cell(sum),
    cell(average, kind === 'currency' ? Math.max(scale, 2) : scale + 2),
    cell(smallest),
    cell(largest),
  ];
}

/** A summary as lines of cells with tabs between them: numbers and dates as Salesforce has them. */
export function summaryAsTsv({ columns }: Pick<GridSummary, 'columns'>): string {
  const lines = columns.map(({ label, filled, sum, average, smallest, largest }) => [
    ...[label, filled, sum, average, smallest, largest],
  ]);
  return [[...SUMMARY_HEADINGS], ...lines].map((cells) => cells.map(tsvCell).join('\t')).join('\n');
}
