import type { GridState, GridWindow } from '@/lib/records/types';
import { formatGridState } from '@/lib/soql/grid-state';

/** What of a state decides which rows are read: two states with the same key need no second call. */
export function readKey(state: GridState, columns: string[] | null = state.columns): string {
  return formatGridState({ ...state, columns, row: 1 });
}

/** Whether a window that was read for `columns` (null: those of the view) shows everything that a state wants. */
export function coversColumns(window: GridWindow, read: string[] | null, wanted: string[] | null): boolean {
  if (wanted === null) return read === null;
  const known = new Set([...window.columns, ...window.missing].map(({ name }) => name));
  return wanted.every((name) => known.has(name));
}
