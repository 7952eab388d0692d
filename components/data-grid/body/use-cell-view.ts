'use client';

import { type RefObject, useCallback } from 'react';
import type { ShownColumns } from '../columns/use-columns';

/** Brings a column into view beside the pinned ones, by as little as is needed. */
export function useCellView(scroller: RefObject<HTMLElement | null>, columns: ShownColumns) {
  return useCallback(
    (index: number) => {
      const element = scroller.current;
      const drawn = columns.all[index];
      if (!element || !drawn) return;
      if (drawn.pinned) {
        if (index === 0) element.scrollLeft = 0;
        return;
      }
      let start = 0;
      for (const { index: at, width } of columns.centre) {
        if (at === index) break;
        start += width;
      }
      const room = element.clientWidth - columns.pinnedWidth;
      if (start < element.scrollLeft) element.scrollLeft = start;
      else if (start + drawn.width > element.scrollLeft + room) {
        element.scrollLeft = Math.min(start, start + drawn.width - room);
      }
    },
    [scroller, columns],
  );
}
