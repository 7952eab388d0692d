import type { LoadedRow } from '../rows/row-cache';
import { clampWidth, LEAST_WIDTH } from './column-widths';
import type { DrawnColumn } from './drawn-column';

/** Space beside the text: padding, and of chips. */
const ROOM = 30;
/** Beside a header's label: padding, sort arrow and menu. */
const HEAD_ROOM = 62;

/** Measures text as cells draw it, in pixels. */
export type MeasureText = (text: string) => number;

/** The width that shows the whole label and every value from `first` to before `last`. */
export function fitWidth(
  drawn: DrawnColumn,
  { first, last, find }: { first: number; last: number; find: (row: number) => LoadedRow | null },
  measure: MeasureText,
): number {
  let widest = Math.max(LEAST_WIDTH, measure(drawn.column.label) + HEAD_ROOM);
  for (let row = first; row < last; row++) {
    const found = find(row);
    if (!found) continue;
    const { window, index } = found;
    const text = drawn.text(window.values[drawn.at]?.[index] ?? null, window.currencies?.[index] ?? null);
    if (text !== '') widest = Math.max(widest, measure(text) + ROOM);
  }
  return clampWidth(widest);
}

/** Measures in the font of an element. */
export function measureIn(element: HTMLElement): MeasureText {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return (text) => text.length * 7;
  const { fontSize, fontFamily } = getComputedStyle(element);
  context.font = `500 ${fontSize} ${fontFamily}`;
  return (text) => context.measureText(text).width;
}
