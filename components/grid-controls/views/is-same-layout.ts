import type { GridLayout } from '@/lib/records/types';

/** Whether two layouts draw the same; the database keeps no order of their parts. */
export function isSameLayout(one: GridLayout, other: GridLayout): boolean {
  return textOf(one) === textOf(other);
}

function textOf({ density, wrap, rowNumbers, widths, pinned }: GridLayout): string {
  return JSON.stringify([density, wrap, rowNumbers, pinned, Object.entries(widths).sort()]);
}
