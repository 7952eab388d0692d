import type { ColumnKind, SortKey } from '@/lib/records/types';
import { LARGEST_FIRST } from './column-widths';

export type SortDirection = 'ascending' | 'descending';

/** How a column takes part in a sort, with its place among the keys; null: not at all. */
export function sortOf(
  sort: readonly SortKey[],
  field: string,
): { direction: SortDirection; place: number } | null {
  const place = sort.findIndex((key) => key.field === field);
  const key = sort[place];
  return key ? { direction: key.descending ? 'descending' : 'ascending', place } : null;
}

/**
 * The sort after a click on a header: first as its kind is best read, then the other way round, then without it.
 * `join`: the column joins the keys that are there.
 */
export function nextSort(
  sort: readonly SortKey[],
  field: string,
  kind: ColumnKind,
  join: boolean,
): SortKey[] {
  const first = LARGEST_FIRST.has(kind);
  const now = sort.find((key) => key.field === field);
  const next = !now
    ? { field, descending: first }
    : now.descending === first
      ? { field, descending: !first }
      : null;
  if (!join) return next ? [next] : [];
  if (!now) return next ? [...sort, next] : [...sort];
  return sort.flatMap((key) => (key.field === field ? (next ? [next] : []) : [key]));
}
