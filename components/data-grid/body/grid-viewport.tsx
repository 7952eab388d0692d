'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useRouter } from 'next/navigation';
import { type RefObject, useEffect, useId, useImperativeHandle } from 'react';
import type { GridLayout, GridState } from '@/lib/records/types';
import type { DrawnColumn } from '../columns/drawn-column';
import type { ColumnActions } from '../columns/use-column-actions';
import type { ShownColumns } from '../columns/use-columns';
import { useSlice } from '../columns/use-slice';
import { HeaderRow } from '../header/header-row';
import { recordPath } from '../hrefs';
import { HEAD_HEIGHT, rowHeightOf } from '../rows/row-height';
import { useRowScroll } from '../rows/use-row-scroll';
import { at } from '../selection/selection';
import type { GridKeys } from '../selection/use-grid-keys';
import { useGridKeys } from '../selection/use-grid-keys';
import { usePointerSelection } from '../selection/use-pointer-selection';
import type { GridSelection } from '../selection/use-selection';
import type { ShownWindow } from '../state/use-grid-window';
import { GridRows } from './grid-rows';
import { useCellView } from './use-cell-view';
import { useInternalLinks } from './use-internal-links';

/** What the grid's surroundings can ask of its rows. */
export interface ViewportHandle {
  scrollToRow: (row: number) => void;
  /** Shows a row (from 0) and sets the cursor on it. */
  goToRow: (row: number) => void;
  view: () => { first: number; last: number };
}

interface GridViewportProps extends Pick<GridKeys, 'copy' | 'openCell' | 'onMenu' | 'onHelp' | 'say'> {
  scroller: RefObject<HTMLDivElement | null>;
  handle: RefObject<ViewportHandle | null>;
  shown: ShownWindow;
  columns: ShownColumns;
  layout: GridLayout;
  sort: GridState['sort'];
  actions: ColumnActions;
  pending: boolean;
  selecting: GridSelection;
  onRest: (row: number) => void;
}

const FIRST_WIDTH = 1200;

/** The rows and columns in view, of any number of either. */
export function GridViewport(props: GridViewportProps) {
  const { scroller, handle, shown, columns, layout, sort, actions, pending, selecting } = props;
  const { window, loader } = shown;
  const { selection, select } = selecting;
  const router = useRouter();
  const activeId = `${useId()}-cell`;
  const { total } = loader.cache;
  const rowHeight = rowHeightOf(layout);
  const rows = useRowScroll({
    scroller,
    total,
    rowHeight,
    head: HEAD_HEIGHT,
    start: Math.min(shown.asked.row, Math.max(1, total)) - 1,
    onView: (first, last) => loader.want(first, last),
    onRest: props.onRest,
  });
  useImperativeHandle(
    handle,
    () => ({
      scrollToRow: (row) => rows.scrollToRow(row, 'top'),
      goToRow: (row) => {
        select(() => at(row, 0));
        rows.scrollToRow(row, 'top');
        scroller.current?.focus();
      },
      view: () => ({ first: rows.first, last: rows.last }),
    }),
    [rows.scrollToRow, rows.first, rows.last, select, scroller],
  );
  const { inView, gap } = useColumnsInView(scroller, columns);
  const showColumn = useCellView(scroller, columns);
  const onKeyDown = useGridKeys({
    ...props,
    selection,
    extent: { rows: total, columns: columns.all.length, page: rows.rowsPerView },
    columns: columns.all,
    go: (next) => {
      select(() => next);
      if (!next) return;
      if (next.cursor.row >= 0) rows.scrollToRow(next.cursor.row, 'nearest');
      showColumn(next.cursor.column);
    },
    loaded: (row) => loader.cache.loadedAround(row),
    openRecord: (row) => {
      const found = loader.cache.find(row);
      if (found) router.push(recordPath(window, found.window.ids[found.index] ?? ''));
    },
  });
  const onPointerDown = usePointerSelection(scroller, select);
  useInternalLinks(scroller);
  const onHeader = selection?.cursor.row === -1 ? selection.cursor.column : -1;
  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label={window.labelPlural}
      aria-rowcount={total + 1}
      aria-colcount={columns.all.length}
      aria-multiselectable="true"
      aria-busy={pending}
      aria-activedescendant={selection ? activeId : undefined}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onFocus={(event) => {
        if (event.target === event.currentTarget && event.target.matches(':focus-visible')) selecting.begin();
      }}
      className={`scrollbar-thin relative min-h-48 flex-1 overflow-auto overscroll-contain rounded-xl bg-surface text-[0.8125rem] shadow-surface select-none ${selection ? 'outline-none' : 'focus-visible:outline-2 focus-visible:outline-focus'}`}
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
          actions={actions}
          active={onHeader}
          activeId={activeId}
          onMenu={props.onMenu}
        />
        <div
          role="rowgroup"
          className="absolute inset-x-0"
          style={{ top: HEAD_HEIGHT + rows.layerTop, height: 0 }}
        >
          <GridRows
            shown={shown}
            first={rows.first}
            last={rows.last}
            anchor={rows.anchor}
            rowHeight={rowHeight}
            wrap={layout.wrap}
            numbers={layout.rowNumbers}
            columns={columns}
            centre={inView}
            gap={gap}
            selection={selection}
            activeId={activeId}
          />
        </div>
      </div>
    </div>
  );
}

/** The columns in view beside the pinned ones, and the pixels before them. */
function useColumnsInView(scroller: RefObject<HTMLElement | null>, { centre, pinnedWidth }: ShownColumns) {
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
  const inView: DrawnColumn[] = useSlice(centre, items[0]?.index ?? 0, (items.at(-1)?.index ?? -1) + 1);
  return { inView, gap: Math.max(0, (items[0]?.start ?? pinnedWidth) - pinnedWidth) };
}
