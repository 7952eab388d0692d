'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { GridLayout, GridView } from '@/lib/records/types';
import { useColumnActions } from '../columns/use-column-actions';
import { useColumns } from '../columns/use-columns';
import type { GridJump } from '../jump-context';
import type { ViewportHandle } from '../rows/use-viewport-handle';
import { useCopy } from '../selection/use-copy';
import { useSelection } from '../selection/use-selection';
import type { GridActions } from './grid-actions';
import { useGridUrl } from './use-grid-url';
import { useGridViews } from './use-grid-views';
import { useGridWindow } from './use-grid-window';
import { useLayout } from './use-layout';

interface DataGridOptions {
  payload: string;
  layout?: GridLayout | null;
  onLayout?: (layout: GridLayout) => unknown;
  views?: readonly GridView[];
}

/** Everything that the parts of a grid share. */
export function useDataGrid({ payload, layout: kept, onLayout, views }: DataGridOptions) {
  const router = useRouter();
  const { state, change: changeUrl, leave } = useGridUrl();
  const shown = useGridWindow(payload, state);
  const { window, loader } = shown;
  useSyncExternalStore(
    loader.subscribe,
    () => loader.version,
    () => loader.version,
  );
  const { view, filled, change } = useGridViews({ state, changeUrl, views });
  const { layout, setLayout } = useLayout({ kept, ofView: view?.state.layout ?? null, onLayout });
  const scroller = useRef<HTMLDivElement>(null);
  const handle = useRef<ViewportHandle>(null);
  const cardsHandle = useRef<ViewportHandle>(null);
  const sort = filled.sort.length > 0 ? filled.sort : window.state.sort;
  const columns = useColumns(window, filled, layout, sort);
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
      changeUrl({ row: row + 1 }, 'resting');
    },
    [changeUrl],
  );
  useEffect(() => {
    if (state.row === written.current) return;
    written.current = state.row;
    (handle.current ?? cardsHandle.current)?.scrollToRow(state.row - 1);
  }, [state.row]);

  const latest = useRef(loader);
  latest.current = loader;
  const jump = useMemo<GridJump>(
    () => ({
      row: (row) => (handle.current ?? cardsHandle.current)?.goToRow(row - 1),
      value: async (value) => {
        const found = await loader.seek(value);
        if (!found.ok)
          throw new Error([found.problem.message, found.problem.nextStep].filter(Boolean).join(' '));
        // The answer of a list that was left meanwhile moves no other one.
        if (latest.current === loader && found.body < loader.cache.total)
          (handle.current ?? cardsHandle.current)?.goToRow(found.body);
      },
    }),
    [loader],
  );
  const actions = useMemo<GridActions>(
    () => ({
      refresh: shown.refresh,
      layout,
      setLayout,
      leaveTo: (path) => {
        leave();
        router.push(path);
      },
    }),
    [shown.refresh, layout, setLayout, leave, router],
  );
  return {
    state,
    filled,
    change,
    shown,
    layout,
    scroller,
    handle,
    cardsHandle,
    sort,
    columns,
    selecting,
    copying,
    columnActions,
    onRest,
    jump,
    actions,
  };
}

export type DataGridModel = ReturnType<typeof useDataGrid>;
