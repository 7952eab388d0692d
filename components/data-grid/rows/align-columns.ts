import type { RowWindow } from '@/lib/records/types';

/** A window with its values in the order of a grid’s columns; a field that was taken away meanwhile is empty. */
export function alignColumns(window: RowWindow, names: readonly string[]): RowWindow {
  const same =
    window.columns.length === names.length && names.every((name, at) => window.columns[at] === name);
  if (same) return window;
  const places = new Map(window.columns.map((name, at) => [name, at]));
  const values = names.map((name) => window.values[places.get(name) ?? -1] ?? []);
  return { ...window, columns: [...names], values };
}
