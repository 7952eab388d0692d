/** Browsers lay out about 17 (Firefox) to 33 million pixels; beyond this a list's height is scaled. */
export const MAX_HEIGHT = 12_000_000;
/** At both ends of a scaled list a pixel of the scroll bar is a pixel of rows. */
const TRUE_EDGE = 1_000_000;
/** A step of less than this many views is a wheel or a key: it moves rows one to one, however long the list. */
const SMALL_STEP = 1.5;

/** How the scroll bar of a list (`height` pixels, as the browser lays it out) stands to its rows (`full` pixels). */
export interface ScrollMap {
  height: number;
  full: number;
  /** Height of what one sees at once. */
  view: number;
}

/** Where a list stands: `top` of the scroll bar, and the pixel of all rows that is uppermost. */
export interface ScrollPosition {
  top: number;
  place: number;
}

export function scrollMap(total: number, rowHeight: number, view: number): ScrollMap {
  const full = total * rowHeight;
  return { height: Math.min(full, MAX_HEIGHT), full, view };
}

/** The uppermost pixel of all rows when the scroll bar stands at `top`. */
export function placeOf({ height, full, view }: ScrollMap, top: number): number {
  const end = Math.max(0, height - view);
  const at = clamp(top, 0, end);
  if (height === full || at <= TRUE_EDGE) return at;
  const fullEnd = full - view;
  if (at >= end - TRUE_EDGE) return fullEnd - (end - at);
  const scale = (fullEnd - 2 * TRUE_EDGE) / (end - 2 * TRUE_EDGE);
  return TRUE_EDGE + (at - TRUE_EDGE) * scale;
}

/** Where the scroll bar stands when `place` is uppermost: the inverse of `placeOf`. */
export function topOf({ height, full, view }: ScrollMap, place: number): number {
  const fullEnd = Math.max(0, full - view);
  const at = clamp(place, 0, fullEnd);
  if (height === full || at <= TRUE_EDGE) return at;
  const end = height - view;
  if (at >= fullEnd - TRUE_EDGE) return end - (fullEnd - at);
  const scale = (fullEnd - 2 * TRUE_EDGE) / (end - 2 * TRUE_EDGE);
  return TRUE_EDGE + (at - TRUE_EDGE) / scale;
}

/**
 * The position after the browser scrolled to `top`. Small steps move rows one to one, large ones (the scroll bar itself
 * is dragged) go where the bar stands. When its `top` differs from the given one, the bar has to be set to it.
 */
export function follow(map: ScrollMap, from: ScrollPosition, top: number): ScrollPosition {
  if (map.height === map.full) return { top, place: placeOf(map, top) };
  const step = top - from.top;
  if (Math.abs(step) > map.view * SMALL_STEP) return { top, place: placeOf(map, top) };
  const place = clamp(from.place + step, 0, map.full - map.view);
  const atEdge = top <= 0 || top >= map.height - map.view;
  return { top: atEdge ? topOf(map, place) : top, place };
}

/** The position that shows a row (from 0) uppermost. */
export function positionOfRow(map: ScrollMap, row: number, rowHeight: number): ScrollPosition {
  const place = clamp(row * rowHeight, 0, Math.max(0, map.full - map.view));
  return { top: topOf(map, place), place };
}

/** First row in view, and the one after the last; with `more` rows around them. */
export function rowsAt(
  place: number,
  { view, rowHeight, total, more }: { view: number; rowHeight: number; total: number; more: number },
): { first: number; last: number } {
  return {
    first: clamp(Math.floor(place / rowHeight) - more, 0, total),
    last: clamp(Math.ceil((place + view) / rowHeight) + more, 0, total),
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most));
}
