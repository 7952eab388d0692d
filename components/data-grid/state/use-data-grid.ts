'use client';

import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { GridLayout } from '@/lib/records/types';
import type { ViewportHandle } from '../body/grid-viewport';
import { useColumnActions } from '../columns/use-column-actions';
import { useColumns } from '../columns/use-columns';
import { useCopy } from '../selection/use-copy';
import { useSelection } from '../selection/use-selection';
import type { GridActions, JumpTarget } from './grid-actions';
import { useGridUrl } from './use-grid-url';
import { useGridWindow } from './use-grid-window';
import { useLayout } from './use-layout';

interface DataGridOptions {
  payload: string;
  layout?: GridLayout | null;
  onLayout?: (layout: GridLayout) => unknown;
}

/** Everything that the parts of a grid share. */
export function useDataGrid({ payload, layout: kept, onLayout }: DataGridOptions) {
  const { state, change } = useGridUrl();
  const shown = useGridWindow(payload, state);
  const { window, loader } = shown;
  useSyncExternalStore(
    loader.subscribe,
    () => loader.version,
    () => loader.version,
  );
  const { layout, setLayout } = useLayout(kept, onLayout);
  const scroller = useRef<HTMLDivElement>(null);
  const handle = useRef<ViewportHandle>(null);
  const sort = state.sort.length > 0 ? state.sort : window.state.sort;
  const columns = useColumns(window, state, layout, sort);
  const selecting = useSelection(loader);
  const copying = useCopy(loader, columns.all, selecting.box);
  const columnActions = useColumnActions({
    scroller,
    shown,
    columns,
    sort,
    layout,
    setLayout,
    change,
    view: () => handle.current?.view() ?? { first: 0, last: 0 },
  });

  // The row that the URL names: written as the reader rests, followed when it comes from elsewhere.
  const written = useRef(state.row);
  const onRest = useCallback(
    (row: number) => {
      if (written.current === row + 1) return;
      written.current = row + 1;
      change({ row: row + 1 }, 'resting');
    },
    [change],
  );
  useEffect(() => {
    if (state.row === written.current) return;
    written.current = state.row;
    handle.current?.scrollToRow(state.row - 1);
  }, [state.row]);

  const jump = useCallback(
    async (target: JumpTarget): ReturnType<GridActions['jump']> => {
      if ('row' in target) {
        handle.current?.scrollToRow(target.row - 1);
        return { ok: true, row: target.row };
      }
      const found = await loader.seek(target.value);
      if (!found.ok) return found;
      handle.current?.scrollToRow(found.body);
      return { ok: true, row: found.body + 1 };
    },
    [loader],
  );
  const actions = useMemo<GridActions>(
    () => ({ jump, refresh: shown.refresh, layout, setLayout }),
    [jump, shown.refresh, layout, setLayout],
  );
  return {
    state,
    change,
    shown,
    layout,
    scroller,
    handle,
    sort,
    columns,
    selecting,
    copying,
    columnActions,
    onRest,
    actions,
  };
}

export type DataGridModel = ReturnType<typeof useDataGrid>;
