'use client';

import { type PointerEvent, type RefObject, useCallback } from 'react';
import { at, type CellPlace, type Selection } from './selection';

/** How far from an edge a drag begins to scroll, and by how much a frame. */
const EDGE = 28;
const STEP = 18;

type SetSelection = (next: (before: Selection | null) => Selection | null) => void;

/** Selects by pointer: a click moves the cursor, Shift extends, a drag selects and scrolls at the edges. */
export function usePointerSelection(scroller: RefObject<HTMLElement | null>, select: SetSelection) {
  return useCallback(
    (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0 || event.pointerType === 'touch') return;
      const place = placeOf(event.target);
      if (!place) return;
      select((before) =>
        event.shiftKey && before ? { anchor: before.anchor, cursor: place } : at(place.row, place.column),
      );
      const grid = scroller.current;
      if (!grid) return;
      const bounds = grid.getBoundingClientRect();
      const pointer = { x: event.clientX, y: event.clientY };
      let frame = 0;
      const extend = () => {
        const found = placeOf(document.elementFromPoint(pointer.x, pointer.y));
        if (found) select((before) => (before ? { anchor: before.anchor, cursor: found } : before));
      };
      const scroll = () => {
        const y = pointer.y > bounds.bottom - EDGE ? STEP : pointer.y < bounds.top + EDGE * 2 ? -STEP : 0;
        const x = pointer.x > bounds.right - EDGE ? STEP : pointer.x < bounds.left + EDGE ? -STEP : 0;
        if (x !== 0 || y !== 0) {
          grid.scrollBy(x, y);
          extend();
        }
        frame = requestAnimationFrame(scroll);
      };
      const drag = ({ clientX, clientY }: globalThis.PointerEvent) => {
        pointer.x = clientX;
        pointer.y = clientY;
        if (frame === 0) frame = requestAnimationFrame(scroll);
        extend();
      };
      const end = () => {
        cancelAnimationFrame(frame);
        removeEventListener('pointermove', drag);
        removeEventListener('pointerup', end);
        removeEventListener('pointercancel', end);
      };
      addEventListener('pointermove', drag);
      addEventListener('pointerup', end);
      addEventListener('pointercancel', end);
    },
    [scroller, select],
  );
}

/** The cell that an element belongs to. */
export function placeOf(target: EventTarget | null): CellPlace | null {
  const cell = target instanceof Element ? target.closest('[role="gridcell"],[role="rowheader"]') : null;
  const row = cell?.parentElement?.getAttribute('aria-rowindex');
  return cell && row
    ? { row: Number(row) - 2, column: Number(cell.getAttribute('aria-colindex')) - 1 }
    : null;
}
