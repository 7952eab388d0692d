import { formatCell } from '@/lib/format/cell';
import { csvCell } from '@/lib/format/csv';
import { plainSpaces } from '@/lib/format/intl';
import type { Chart, ChartMeasure } from '@/lib/records/charts/types';

/** A measured value as its table shows it; nothing to measure is a dash. */
export function valueInWords(
  value: number | null,
  { kind, scale }: ChartMeasure,
  { currency, locale }: { currency: string | null; locale: string },
): string {
  return value === null ? '–' : formatCell(kind, value, { locale, timeZone: 'UTC', currency, scale });
}

/** A value beside an axis: `1.2M`, `40%`. */
export function shortValue(value: number, { kind }: ChartMeasure, locale: string): string {
  const style =
    kind === 'percent'
      ? new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(value / 100)
      : new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(value);
  return plainSpaces(style);
}

/** What amounts are in, as a sentence; null: the chart has none. */
export function currencyInWords({
  measures,
  currency,
  converted,
}: Pick<Chart, 'measures' | 'currency' | 'converted'>): string | null {
  if (!measures.some(({ kind }) => kind === 'currency')) return null;
  if (converted) {
    return `Salesforce converted the amounts into the org’s corporate currency${currency === null ? '' : `, ${currency}`}.`;
  }
  return currency === null ? null : `Amounts in ${currency}.`;
}

/** A chart as lines of cells with tabs between them, for a spreadsheet: numbers as they are. */
export function chartAsTsv({ groupLabel, measures, groups }: Chart): string {
  const head = [groupLabel, ...measures.map(({ label }) => label)];
  const lines = groups.map(({ label, values }) => [label, ...values]);
  return [head, ...lines].map((cells) => cells.map(tsvCell).join('\t')).join('\n');
}

/** What a spreadsheet would take for a formula is made harmless, as in CSV. */
export function tsvCell(value: string | number | null): string {
  return typeof value === 'string' ? csvCell(value.replace(/[\t\r\n",]+/g, ' ')) : csvCell(value);
}
