import type { CellValue } from '@/simulator/data/schema';
import type { Operand } from '@/simulator/soql/run/operand';

export type SortValue = string | number | null;

export interface SortKey {
  readonly operand: Operand;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** Milliseconds, with every month as long as the longest: in the order of time, and read without a calendar. */
function timeKey(text: string): number | null {
  const digits = (start: number, end: number) => {
    let number = 0;
    for (let index = start; index < end; index++) number = number * 10 + text.charCodeAt(index) - 48;
    return number;
  };
  const day = (digits(0, 4) * 12 + digits(5, 7)) * 31 + digits(8, 10);
  const second = (digits(11, 13) * 60 + digits(14, 16)) * 60 + digits(17, 19);
  const key = (day * 86_400 + second) * 1_000 + digits(20, 23);
  return Number.isNaN(key) ? null : key;
}

/** What a cell is ordered by: numbers by value, picklists by their place in the list, text by its key. */
export function sortValue(operand: Operand, index: number): SortValue {
  if (operand.converted) return operand.converted(index);
  const value: CellValue = operand.read(index);
  if (value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value;
  if (operand.type === 'picklist' && operand.picklist.length > 0) {
    const place = operand.picklist.indexOf(value);
    return place < 0 ? operand.picklist.length : place;
  }
  if (operand.type === 'datetime') return timeKey(value);
  // Ids are case-sensitive, dates are ASCII: both compare as they stand.
  return ['id', 'reference', 'date'].includes(operand.type) ? value : operand.collation.key(value);
}

/** The order of two rows or groups by several keys; 0 when all are equal. */
export function compareRows(keys: readonly SortKey[], left: number, right: number): number {
  for (const { operand, descending, nullsFirst } of keys) {
    const [a, b] = [sortValue(operand, left), sortValue(operand, right)];
    if (a === b) continue;
    if (a === null || b === null) return (a === null) === nullsFirst ? -1 : 1;
    return a < b === descending ? 1 : -1;
  }
  return 0;
}

/** A number for each row in an order of no meaning; multiplying by an odd number permutes the 32-bit numbers. */
export function scrambled(row: number): number {
  return Math.imul(row + 1, 0x9e3779b1) >>> 0;
}
