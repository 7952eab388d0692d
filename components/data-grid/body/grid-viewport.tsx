'use client';

import { type RefObject, useId } from 'react';
import type { GridLayout, GridState } from '@/lib/records/types';
import type { ColumnActions } from '../columns/use-column-actions';
import type { ShownColumns } from '../columns/use-columns';
import { HeaderRow } from '../header/header-row';
import { recordPath, salesforceHref } from '../hrefs';
import { HEAD_HEIGHT, rowHeightOf } from '../rows/row-height';
import { useRowScroll } from '../rows/use-row-scroll';
import { useViewportHandle, type ViewportHandle } from '../rows/use-viewport-handle';
import { at } from '../selection/selection';
import type { GridKeys } from '../selection/use-grid-keys';
import { useGridKeys } from '../selection/use-grid-keys';
import { usePointerSelection } from '../selection/use-pointer-selection';
import type { GridSelection } from '../selection/use-selection';
import { useGridActions } from '../state/grid-actions';
import type { ShownWindow } from '../state/use-grid-window';
import { GridRows } from './grid-rows';
import { useCellView } from './use-cell-view';
import { useColumnsInView } from './use-columns-in-view';
import { useInternalLinks } from './use-internal-links';

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

/** The rows and columns in view, of any number of either. */
export function GridViewport(props: GridViewportProps) {
  const { scroller, handle, shown, columns, layout, sort, actions, pending, selecting } = props;
  const { window, loader } = shown;
  const { selection, select } = selecting;
  const { leaveTo } = useGridActions();
  const activeId = `${useId()}-cell`;
  const { total } = loader.cache;
  const rowHeight = rowHeightOf(layout);
  const rows = useRowScroll({
    scroller,
    total,
    rowHeight,
    head: HEAD_HEIGHT,
    list: loader,
    start: Math.min(shown.asked.row, Math.max(1, total)) - 1,
    onView: (first, last) => loader.want(first, last),
    onRest: props.onRest,
  });
  useViewportHandle(handle, rows, (row) => {
    select(() => at(row, 0));
    scroller.current?.focus();
  });
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
    openRecord: (row, where) => {
      const found = loader.cache.find(row);
      if (!found) return;
      const id = found.window.ids[found.index] ?? '';
      if (where === 'portal') leaveTo(recordPath(window, id));
      else open(salesforceHref(window, id), '_blank', 'noopener');
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
            origin={rows.origin}
            slots={rows.slots}
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
