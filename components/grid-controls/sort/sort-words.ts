import type { ColumnKind } from '@/lib/records/types';

const NUMBERS: ReadonlySet<ColumnKind> = new Set(['number', 'currency', 'percent', 'count']);
const DATES: ReadonlySet<ColumnKind> = new Set(['date', 'dateTime']);

/** What a direction means for a column of this kind: `A → Z`, `Newest first`, `Largest first`. */
export function directionWords(kind: ColumnKind, descending: boolean): string {
  if (NUMBERS.has(kind)) return descending ? 'Largest first' : 'Smallest first';
  if (DATES.has(kind)) return descending ? 'Newest first' : 'Oldest first';
  if (kind === 'time') return descending ? 'Latest first' : 'Earliest first';
  if (kind === 'boolean') return descending ? 'Yes first' : 'No first';
  if (kind === 'picklist') return descending ? 'Last of the list first' : 'In the order of the list';
  return descending ? 'Z → A' : 'A → Z';
}
