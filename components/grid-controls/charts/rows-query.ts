import type { GridWindow } from '@/lib/records/types';
import { formatGridState } from '@/lib/soql/grid-state';

/** Which rows a grid holds, as parameters: two windows of the same rows have the same. A search is one in shown columns. */
export function rowsQuery({ sobject, state }: Pick<GridWindow, 'sobject' | 'state'>): string {
  const { q, filter } = state;
  const columns = q === '' ? null : state.columns;
  return `sobject=${sobject}&${formatGridState({ q, filter, columns, sort: [], view: 'all', row: 1 })}`;
}
