import type { GridColumn } from '@/lib/records/types';

/**
 * Names of the shown columns in their order, and of those that stay in place: the name column, or else the first, and
 * the pinned ones. `wanted`: as the URL has them; null: as they came.
 */
export function columnOrder(
  columns: readonly GridColumn[],
  wanted: readonly string[] | null,
  pinned: readonly string[],
): { order: string[]; pinned: string[] } {
  const known = new Set(columns.map(({ name }) => name));
  const order = wanted?.filter((name) => known.has(name)) ?? [];
  const shown = order.length > 0 ? order : [...known];
  const name = columns.find(({ isName }) => isName)?.name;
  const first = name !== undefined && shown.includes(name) ? name : shown[0];
  const others = pinned.filter((column) => column !== first && shown.includes(column));
  return { order: shown, pinned: first === undefined ? [] : [first, ...others] };
}

/** The columns with one moved by `step` places, or before another; null when nothing moves. */
export function moveColumn(order: readonly string[], name: string, to: number): string[] | null {
  const from = order.indexOf(name);
  const target = Math.min(Math.max(to, 0), order.length - 1);
  if (from < 0 || target === from) return null;
  const next = order.filter((other) => other !== name);
  next.splice(target, 0, name);
  return next;
}
