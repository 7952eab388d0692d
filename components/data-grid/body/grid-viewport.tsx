'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useId, useSyncExternalStore } from 'react';
import type { GridLayout, GridState } from '@/lib/records/types';
import type { ShownColumns } from '../columns/use-columns';
import { useSlice } from '../columns/use-slice';
import { HeaderRow } from '../header/header-row';
import { HEAD_HEIGHT, rowHeightOf } from '../rows/row-height';
import { useRowScroll } from '../rows/use-row-scroll';
import type { ShownWindow } from '../state/use-grid-window';
import { count } from '../words';
import { GridRow } from './grid-row';

interface GridViewportProps {
  scroller: RefObject<HTMLDivElement | null>;
  shown: ShownWindow;
  columns: ShownColumns;
  layout: GridLayout;
  sort: GridState['sort'];
  pending: boolean;
  onSort: (sort: GridState['sort']) => void;
  onRest: (row: number) => void;
}

/** Rows of a slot's element are reused: more slots than rows are ever drawn at once. */
const SLOTS = 256;
const FIRST_WIDTH = 1200;

/** The rows and columns in view, of any number of either. */
export function GridViewport(props: GridViewportProps) {
  const { scroller, shown, columns, layout, sort, pending, onSort, onRest } = props;
  const { window, loader } = shown;
  const gridId = useId();
  useSyncExternalStore(
    loader.subscribe,
    () => loader.version,
    () => loader.version,
  );
  const { total } = loader.cache;
  const rowHeight = rowHeightOf(layout);
  const rows = useRowScroll({
    scroller,
    total,
    rowHeight,
    head: HEAD_HEIGHT,
    start: Math.min(shown.asked.row, Math.max(1, total)) - 1,
    onView: (first, last) => loader.want(first, last),
    onRest,
  });
  const { centre, pinnedWidth } = columns;
  const across = useVirtualizer({
    horizontal: true,
    count: centre.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => centre[index]?.width ?? 0,
    getItemKey: (index) => centre[index]?.column.name ?? index,
    paddingStart: pinnedWidth,
    initialRect: { width: FIRST_WIDTH, height: 0 },
    overscan: 2,
    useFlushSync: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes are asked for anew when the columns are others
  useEffect(() => across.measure(), [across, centre]);
  const items = across.getVirtualItems();
  const from = items[0]?.index ?? 0;
  const to = (items.at(-1)?.index ?? -1) + 1;
  const gap = (items[0]?.start ?? pinnedWidth) - pinnedWidth;
  const inView = useSlice(centre, from, to);

  const list = [];
  for (let row = rows.first; row < rows.last; row++) {
    const found = loader.cache.find(row);
    list.push(
      <GridRow
        key={row % SLOTS}
        window={window}
        rows={found?.window ?? null}
        index={found?.index ?? 0}
        row={row}
        top={(row - rows.anchor) * rowHeight}
        height={rowHeight}
        wrap={layout.wrap}
        numbers={layout.rowNumbers ? count(row + 1, window.locale) : null}
        pinned={columns.pinned}
        centre={inView}
        gap={gap}
        selectedFrom={0}
        selectedTo={0}
        active={-1}
        activeId={`${gridId}-active`}
      />,
    );
  }
  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label={window.labelPlural}
      aria-rowcount={total + 1}
      aria-colcount={columns.all.length}
      aria-busy={pending}
      className="scrollbar-thin relative min-h-64 flex-1 overflow-auto overscroll-contain rounded-xl bg-surface text-[0.8125rem] shadow-surface select-none focus-visible:outline-2 focus-visible:outline-focus"
      style={columns.style}
    >
      <div
        role="presentation"
        className={`relative min-w-full transition-opacity ${pending ? 'opacity-60 delay-150' : ''}`}
        style={{ width: 'var(--grid-width)', height: rows.height + HEAD_HEIGHT }}
      >
        <HeaderRow
          pinned={columns.pinned}
          centre={inView}
          gap={gap}
          numbers={layout.rowNumbers}
          sort={sort}
          onSort={onSort}
        />
        <div
          role="rowgroup"
          className="absolute inset-x-0"
          style={{ top: HEAD_HEIGHT + rows.layerTop, height: 0 }}
        >
          {list}
        </div>
      </div>
    </div>
  );
}
