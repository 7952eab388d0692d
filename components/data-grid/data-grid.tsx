'use client';

import { useCallback, useRef, useState } from 'react';
import { GridNotices } from '@/components/states/grid-notices';
import type { GridLayout } from '@/lib/records/types';
import { GridViewport } from './body/grid-viewport';
import { useColumns } from './columns/use-columns';
import { GridEmpty } from './grid-empty';
import { GridFooter } from './grid-footer';
import { DEFAULT_LAYOUT } from './state/default-layout';
import { useGridUrl } from './state/use-grid-url';
import { useGridWindow } from './state/use-grid-window';
import { GridToolbar } from './toolbar/grid-toolbar';

interface DataGridProps {
  /** A `GridWindow` as one JSON string: cheap to send, parsed once. */
  payload: string;
  /** How the reader wants it drawn. */
  layout?: GridLayout | null;
}

/** A grid over records of any number: its first window comes with the page, the others as they come into view. */
export function DataGrid({ payload, layout: kept }: DataGridProps) {
  const { state, change } = useGridUrl();
  const shown = useGridWindow(payload, state);
  const { window, pending } = shown;
  const [layout] = useState(kept ?? DEFAULT_LAYOUT);
  const scroller = useRef<HTMLDivElement>(null);
  const sort = state.sort.length > 0 ? state.sort : window.state.sort;
  const columns = useColumns(window, state, layout, sort);
  const onRest = useCallback((row: number) => change({ row: row + 1 }, 'resting'), [change]);
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3">
      <GridToolbar shown={shown} state={state} pending={pending} change={change} />
      <GridNotices missing={window.missing} notices={window.notices} />
      {window.rows.total === 0 ? (
        <GridEmpty window={window} change={change} />
      ) : (
        <GridViewport
          key={shown.serial}
          scroller={scroller}
          shown={shown}
          columns={columns}
          layout={layout}
          sort={sort}
          pending={pending}
          onSort={(next) => change({ sort: next })}
          onRest={onRest}
        />
      )}
      <GridFooter shown={shown} />
    </div>
  );
}
