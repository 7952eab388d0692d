'use client';

import { LoaderCircle } from 'lucide-react';
import dynamic from 'next/dynamic';
import { memo, useMemo } from 'react';
import type { ViewMenuProps } from '@/components/grid-controls/views/types';
import { ViewMenu as Views } from '@/components/grid-controls/views/view-menu';
import type { DataGridModel } from '../state/use-data-grid';
import { totalInWords } from '../words';
import { Controls } from './controls';
import { DisplayMenu } from './display-menu';
import { RefreshButton } from './refresh-button';
import { SearchBox } from './search-box';

const FilterChips = dynamic(
  async () => (await import('@/components/grid-controls/filter/filter-chips')).FilterChips,
);

const ViewMenu = memo(Views);

/** Saved and ready-made views, and what can be done with them. */
export type ViewsOfGrid = Pick<ViewMenuProps, 'views' | 'isAdmin' | 'actions'>;

type ShownViews = ViewsOfGrid & Pick<ViewMenuProps, 'onViews'>;

interface GridToolbarProps {
  grid: DataGridModel;
  views: ShownViews | null;
  onShortcuts: () => void;
}

/** Search, how many records there are, and the controls of the grid. */
export function GridToolbar({ grid, views, onShortcuts }: GridToolbarProps) {
  const { shown, state, filled, change } = grid;
  const { loader, window, pending } = shown;
  const control = useMemo(() => ({ window, state: filled, change }), [window, filled, change]);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      {views ? (
        <ViewMenu window={window} state={state} change={change} layout={grid.layout} {...views} />
      ) : null}
      <SearchBox window={window} q={filled.q} change={change} />
      <p role="status" className="text-muted">
        <span className="font-medium text-foreground tabular-nums">
          {totalInWords(loader.cache.total, window)}
        </span>
        {window.state.q ? <span> match “{window.state.q}”</span> : null}
      </p>
      {pending ? (
        <span role="status" className="inline-flex items-center gap-1.5 text-xs text-muted">
          <LoaderCircle aria-hidden="true" className="size-3.5 animate-spin" />
          Asking Salesforce…
        </span>
      ) : null}
      <div
        role="toolbar"
        aria-label="Grid"
        className="-mx-1 flex max-w-[calc(100%+0.5rem)] items-center gap-1 overflow-x-auto px-1 [scrollbar-width:none] sm:mx-0 sm:ml-auto sm:flex-wrap sm:overflow-visible"
      >
        <Controls {...control} />
        <DisplayMenu onShortcuts={onShortcuts} />
        <RefreshButton
          window={window}
          asOf={loader.cost.asOf}
          pending={pending}
          onRefresh={grid.actions.refresh}
        />
      </div>
      <div className="w-full empty:hidden">{filled.filter ? <FilterChips {...control} /> : null}</div>
    </div>
  );
}
