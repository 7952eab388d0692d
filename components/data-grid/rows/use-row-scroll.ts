'use client';

import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { follow, positionOfRow, rowsAt, type ScrollPosition, scrollMap, topOf } from './scroll-map';

/** Rows drawn around those in view. */
const MORE = 5;
/** Rows stand relative to one of so many, so that scrolling moves none of them. */
const ANCHOR_STEP = 2048;
/** When a reader has come to rest. */
const REST_MS = 150;
/** What the server draws before the size of the screen is known. */
const FIRST_VIEW = 640;

interface RowScrollOptions {
  scroller: RefObject<HTMLElement | null>;
  total: number;
  rowHeight: number;
  /** Pixels above the rows that stay in place. */
  head: number;
  /** What the rows belong to: another list begins at its `start`. */
  list: unknown;
  /** The row to begin with, from 0. */
  start: number;
  /** The rows in view, each time that they change. */
  onView: (first: number, last: number) => void;
  /** The uppermost row, when the reader rests. */
  onRest: (row: number) => void;
}

interface Drawn {
  first: number;
  last: number;
  /** The row that drawn rows stand relative to, and where it is. */
  anchor: number;
  layerTop: number;
  /** The first row when the reader last rested: elements stand in the order of rows from here on. */
  origin: number;
}

/** Which rows of a list of any length are drawn, and where. */
export function useRowScroll(options: RowScrollOptions) {
  const { scroller, total, rowHeight, head, list, start, onView, onRest } = options;
  const [view, setView] = useState(FIRST_VIEW);
  const map = useMemo(() => scrollMap(total, rowHeight, view), [total, rowHeight, view]);
  const position = useRef<ScrollPosition | null>(null);
  position.current ??= positionOfRow(map, start, rowHeight);
  const drawnAt = useCallback(
    ({ top, place }: ScrollPosition): Omit<Drawn, 'origin'> => {
      const { first, last } = rowsAt(place, { view, rowHeight, total, more: MORE });
      const anchor = first - (first % ANCHOR_STEP);
      return { first, last, anchor, layerTop: anchor * rowHeight - (place - top) };
    },
    [view, rowHeight, total],
  );
  const [drawn, setDrawn] = useState<Drawn>(() => {
    const at = drawnAt(position.current ?? { top: 0, place: 0 });
    return { ...at, origin: at.first };
  });
  const latest = useRef({ map, drawnAt, onView, onRest, drawn, rowHeight });
  latest.current = { ...latest.current, map, drawnAt, onView, onRest, rowHeight };
  const rest = useRef<ReturnType<typeof setTimeout> | null>(null);

  /** Draws what belongs to the position; tells who loads and who writes the URL. */
  const show = useCallback(
    (sync: boolean) => {
      const { map, drawnAt, onView, rowHeight, drawn: before } = latest.current;
      const at = position.current;
      if (!at) return;
      const next = { ...drawnAt(at), origin: before.origin };
      const same = (Object.keys(next) as Array<keyof Drawn>).every((key) => next[key] === before[key]);
      if (!same) {
        latest.current.drawn = next;
        if (sync) flushSync(() => setDrawn(next));
        else setDrawn(next);
      }
      const first = Math.floor(at.place / rowHeight);
      onView(first, Math.ceil((at.place + map.view) / rowHeight));
      if (rest.current) clearTimeout(rest.current);
      rest.current = setTimeout(() => {
        const top = Math.round(topOf(latest.current.map, position.current?.place ?? 0));
        if (position.current && Math.abs(top - position.current.top) > 1) {
          position.current = { ...position.current, top };
          if (scroller.current) scroller.current.scrollTop = top;
          show(false);
        }
        const { drawn } = latest.current;
        if (drawn.origin !== drawn.first) {
          latest.current.drawn = { ...drawn, origin: drawn.first };
          setDrawn(latest.current.drawn);
        }
        latest.current.onRest(Math.round((position.current?.place ?? 0) / latest.current.rowHeight));
      }, REST_MS);
    },
    [scroller],
  );

  const moveTo = useCallback(
    (next: ScrollPosition) => {
      position.current = { ...next, top: Math.round(next.top) };
      if (scroller.current) scroller.current.scrollTop = position.current.top;
      show(false);
    },
    [scroller, show],
  );

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const onScroll = () => {
      const { map } = latest.current;
      const from = position.current ?? { top: 0, place: 0 };
      const { scrollTop } = element;
      if (scrollTop === from.top) return;
      const next = follow(map, from, scrollTop);
      position.current = next;
      if (next.top !== scrollTop) element.scrollTop = next.top;
      show(true);
    };
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setView(Math.max(1, Math.round(entry.contentRect.height) - head));
    });
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
      if (rest.current) clearTimeout(rest.current);
    };
  }, [scroller, head, show]);

  // Another height of rows, of the view or of the list: the same row stays uppermost. Another list begins anew.
  const before = useRef({ rowHeight, list });
  useLayoutEffect(() => {
    const same = before.current.list === list;
    const row = same ? (position.current?.place ?? 0) / before.current.rowHeight : start;
    before.current = { rowHeight, list };
    moveTo(positionOfRow(map, row, rowHeight));
  }, [map, rowHeight, list, start, moveTo]);

  /** Shows a row (from 0): uppermost, or (`nearest`) as little as needed to see it whole. */
  const scrollToRow = useCallback(
    (row: number, how: 'top' | 'nearest') => {
      const { map, rowHeight } = latest.current;
      const place = position.current?.place ?? 0;
      const top = row * rowHeight;
      if (how === 'nearest' && top >= place && top + rowHeight <= place + map.view) return;
      const target = how === 'top' || top < place ? row : row + 1 - map.view / rowHeight;
      moveTo(positionOfRow(map, target, rowHeight));
    },
    [moveTo],
  );
  const rowsPerView = Math.max(1, Math.floor(view / rowHeight));
  // As many as are ever drawn at once: a row in part at either end, and those around.
  const slots = Math.ceil(view / rowHeight) + 2 * MORE + 1;
  return { ...drawn, slots, height: map.height, rowsPerView, scrollToRow };
}
