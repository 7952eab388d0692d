import type { CellValue } from '@/simulator/data/schema';
import type { Operand } from '@/simulator/soql/run/operand';

export type SortValue = string | number | null;

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
  // Ids are case-sensitive, dates are ASCII: both compare as they stand.
  return ['id', 'reference', 'date', 'datetime'].includes(operand.type)
    ? value
    : operand.collation.key(value);
}

export function compareValues(left: SortValue, right: SortValue): number {
  if (left === right || left === null || right === null) return 0;
  return left < right ? -1 : 1;
}
