'use client';

import { type RefObject, useMemo, useRef } from 'react';
import type { GridLayout, GridState, SortKey } from '@/lib/records/types';
import type { ShownWindow } from '../state/use-grid-window';
import { moveColumn } from './column-order';
import { clampWidth } from './column-widths';
import { type DrawnColumn, widthProperty } from './drawn-column';
import { fitWidth, measureIn } from './fit-column';
import { nextSort } from './sorting';
import type { ShownColumns } from './use-columns';

/** What can be done with a column, by hand or by its menu. */
export interface ColumnActions {
  /** As a click on the header does; `join`: as a further key. */
  toggleSort: (drawn: DrawnColumn, join: boolean) => void;
  sortBy: (drawn: DrawnColumn, descending: boolean, join: boolean) => void;
  clearSort: (drawn: DrawnColumn) => void;
  /** Shows a width without keeping it: no row is drawn again. */
  preview: (drawn: DrawnColumn, width: number) => void;
  resize: (drawn: DrawnColumn, width: number) => void;
  fit: (drawn: DrawnColumn) => void;
  moveBy: (drawn: DrawnColumn, step: number) => void;
  moveTo: (name: string, target: DrawnColumn) => void;
  pin: (drawn: DrawnColumn, pinned: boolean) => void;
  hide: (drawn: DrawnColumn) => void;
}

interface Around {
  scroller: RefObject<HTMLDivElement | null>;
  shown: ShownWindow;
  columns: ShownColumns;
  sort: SortKey[];
  layout: GridLayout;
  setLayout: (patch: Partial<GridLayout>) => void;
  change: (patch: Partial<GridState>) => void;
  /** Rows in view. */
  view: () => { first: number; last: number };
}

/** Acts on columns; the same object for as long as the grid lives. */
export function useColumnActions(around: Around): ColumnActions {
  const latest = useRef(around);
  latest.current = around;
  return useMemo<ColumnActions>(() => {
    const setSort = (sort: SortKey[]) => latest.current.change({ sort });
    const order = () => latest.current.columns.all.map(({ column }) => column.name);
    const setOrder = (names: string[] | null) => {
      if (names) latest.current.change({ columns: names });
    };
    const resize = (drawn: DrawnColumn, width: number) => {
      const { layout, setLayout } = latest.current;
      setLayout({ widths: { ...layout.widths, [drawn.column.name]: clampWidth(width) } });
    };
    const setPinned = (pinned: string[]) => latest.current.setLayout({ pinned });
    return {
      toggleSort: ({ column }, join) =>
        setSort(nextSort(latest.current.sort, column.name, column.kind, join)),
      sortBy: ({ column }, descending, join) => {
        const others = join ? latest.current.sort.filter(({ field }) => field !== column.name) : [];
        setSort([...others, { field: column.name, descending }]);
      },
      clearSort: ({ column }) => setSort(latest.current.sort.filter(({ field }) => field !== column.name)),
      preview: (drawn, width) => {
        const { scroller, columns } = latest.current;
        const style = scroller.current?.style;
        style?.setProperty(widthProperty(drawn.at), `${clampWidth(width)}px`);
        style?.setProperty('--grid-width', `${columns.totalWidth + clampWidth(width) - drawn.width}px`);
      },
      resize,
      fit: (drawn) => {
        const { scroller, shown, view } = latest.current;
        if (!scroller.current) return;
        const rows = { ...view(), find: (row: number) => shown.loader.cache.find(row) };
        resize(drawn, fitWidth(drawn, rows, measureIn(scroller.current)));
      },
      moveBy: (drawn, step) => {
        const { layout } = latest.current;
        const pinnedAt = layout.pinned.indexOf(drawn.column.name);
        if (drawn.pinned && pinnedAt >= 0) {
          setPinned(moveColumn(layout.pinned, drawn.column.name, pinnedAt + step) ?? layout.pinned);
        } else setOrder(moveColumn(order(), drawn.column.name, drawn.index + step));
      },
      moveTo: (name, target) => setOrder(moveColumn(order(), name, target.index)),
      pin: ({ column }, pinned) => {
        const others = latest.current.layout.pinned.filter((name) => name !== column.name);
        setPinned(pinned ? [...others, column.name] : others);
      },
      hide: ({ column }) => setOrder(order().filter((name) => name !== column.name)),
    };
  }, []);
}
