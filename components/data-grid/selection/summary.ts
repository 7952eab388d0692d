import { isQuantity } from '../columns/column-widths';
import type { DrawnColumn } from '../columns/drawn-column';
import type { LoadedRow } from '../rows/row-cache';
import type { CellBox } from './selection';

/** What a selected range amounts to. Sums only where they mean something: one kind of number, one currency. */
export interface RangeSummary {
  rows: number;
  /** Cells that hold something. */
  filled: number;
  /** Rows that are not loaded, and so not counted in. */
  missing: number;
  numbers: {
    drawn: DrawnColumn;
    currency: string | null;
    sum: number | null;
    average: number;
    min: number;
    max: number;
  } | null;
  dates: { drawn: DrawnColumn; min: string; max: string } | null;
  /** Why there is no sum although there are numbers. */
  mixed: 'kinds' | 'currencies' | null;
}

interface Tally {
  count: number;
  sum: number;
  min: number;
  max: number;
}

export function summarise(
  box: CellBox,
  columns: readonly DrawnColumn[],
  find: (row: number) => LoadedRow | null,
): RangeSummary {
  const chosen = columns.slice(box.left, box.right);
  const numeric = chosen.filter(({ column }) => isQuantity(column.kind));
  const dated = chosen.filter(({ column }) => column.kind === 'date' || column.kind === 'dateTime');
  const currencies = new Set<string | null>();
  const tally: Tally = { count: 0, sum: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
  const span = { min: '', max: '' };
  let filled = 0;
  let rows = 0;
  for (let row = box.top; row < box.bottom; row++) {
    const found = find(row);
    if (!found) continue;
    rows++;
    const { window, index } = found;
    for (const { at, column } of chosen) {
      const value = window.values[at]?.[index] ?? null;
      if (value === null || value === '') continue;
      filled++;
      if (typeof value === 'number' && isQuantity(column.kind)) {
        add(tally, value);
        if (column.kind === 'currency') currencies.add(window.currencies?.[index] ?? null);
      } else if (typeof value === 'string' && (column.kind === 'date' || column.kind === 'dateTime')) {
        if (span.min === '' || value < span.min) span.min = value;
        if (value > span.max) span.max = value;
      }
    }
  }
  const kinds = new Set(numeric.map(({ column }) => column.kind));
  const mixed =
    tally.count === 0 ? null : kinds.size > 1 ? 'kinds' : currencies.size > 1 ? 'currencies' : null;
  const [number] = numeric;
  const [date] = dated;
  const datesAgree = new Set(dated.map(({ column }) => column.kind)).size === 1;
  return {
    rows,
    filled,
    missing: box.bottom - box.top - rows,
    mixed,
    numbers:
      number && tally.count > 0 && mixed === null
        ? {
            drawn: number,
            currency: [...currencies][0] ?? null,
            sum: number.column.kind === 'percent' ? null : tally.sum,
            average: tally.sum / tally.count,
            min: tally.min,
            max: tally.max,
          }
        : null,
    dates: date && datesAgree && span.min !== '' ? { drawn: date, ...span } : null,
  };
}

function add(tally: Tally, value: number): void {
  tally.count++;
  tally.sum += value;
  tally.min = Math.min(tally.min, value);
  tally.max = Math.max(tally.max, value);
}
