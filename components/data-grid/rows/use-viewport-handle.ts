'use client';

import { type RefObject, useImperativeHandle, useRef } from 'react';

/** What the grid's surroundings can ask of its rows, which count from 0. */
export interface ViewportHandle {
  scrollToRow: (row: number) => void;
  /** Shows a row and sets the cursor on it, where there is one. */
  goToRow: (row: number) => void;
  /** Rows that are drawn: from, and to before. */
  view: () => { first: number; last: number };
}

interface Rows {
  first: number;
  last: number;
  scrollToRow: (row: number, how: 'top' | 'nearest') => void;
}

/** Lets the grid's surroundings reach its rows. */
export function useViewportHandle(
  handle: RefObject<ViewportHandle | null>,
  rows: Rows,
  setCursor?: (row: number) => void,
): void {
  const latest = useRef({ rows, setCursor });
  latest.current = { rows, setCursor };
  useImperativeHandle(
    handle,
    () => ({
      scrollToRow: (row) => latest.current.rows.scrollToRow(row, 'top'),
      goToRow: (row) => {
        latest.current.setCursor?.(row);
        latest.current.rows.scrollToRow(row, 'top');
      },
      view: () => ({ first: latest.current.rows.first, last: latest.current.rows.last }),
    }),
    [],
  );
}
