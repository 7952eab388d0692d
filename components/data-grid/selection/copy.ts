import { csvLine } from '@/lib/format/csv';
import type { DrawnColumn } from '../columns/drawn-column';
import type { LoadedRow } from '../rows/row-cache';
import type { CellBox } from './selection';

export type CopyFormat = 'tsv' | 'csv';

export interface CopiedRange {
  text: string;
  /** Rows in the text. */
  rows: number;
  /** Rows of the range that were not loaded, and so are not in the text. */
  missing: number;
}

/** A range as text: as it is shown (`tsv`), or as plain values for other programs (`csv`). */
export function copyRange(
  box: CellBox,
  columns: readonly DrawnColumn[],
  find: (row: number) => LoadedRow | null,
  { format, header }: { format: CopyFormat; header: boolean },
): CopiedRange {
  const chosen = columns.slice(box.left, box.right);
  const line = format === 'csv' ? csvLine : tsvLine;
  const lines = header ? [line(chosen.map(({ column }) => column.label))] : [];
  let rows = 0;
  for (let row = box.top; row < box.bottom; row++) {
    const found = find(row);
    if (!found) continue;
    rows++;
    lines.push(line(chosen.map((drawn) => cellText(drawn, found, format))));
  }
  return { text: lines.join(''), rows, missing: box.bottom - box.top - rows };
}

function cellText(
  drawn: DrawnColumn,
  { window, index }: LoadedRow,
  format: CopyFormat,
): string | number | null {
  const value = window.values[drawn.at]?.[index] ?? null;
  if (format === 'csv' && (value === null || typeof value === 'number')) return value;
  if (format === 'csv' && typeof value === 'string') return value;
  return drawn.text(value, window.currencies?.[index] ?? null);
}

/** A line of what spreadsheets take from the clipboard: quoted where a value holds a tab, a line or a quote. */
function tsvLine(values: ReadonlyArray<string | number | null>): string {
  return `${values.map((value) => tsvCell(String(value ?? ''))).join('\t')}\n`;
}

function tsvCell(value: string): string {
  const harmless = isFormula(value) ? `'${value}` : value;
  return /[\t\r\n"]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Negative amounts and telephone numbers begin like formulas and are none. */
function isFormula(value: string): boolean {
  return /^[\s"']*[=@＝＠]/.test(value) || /^[\s"']*[+\-＋－](?![\d\s().,/\p{Sc}-]*$)/u.test(value);
}
