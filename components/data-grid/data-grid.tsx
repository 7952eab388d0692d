'use client';

import { useCallback, useMemo, useState } from 'react';
import type { Reconnection } from '@/components/states/faults/fault-actions';
import { GridNotices } from '@/components/states/grid-notices';
import { GridSkeleton } from '@/components/states/grid-skeleton';
import type { GridLayout } from '@/lib/records/types';
import { GridTableView } from './body/grid-table-view';
import { CardList } from './cards/card-list';
import { useIsPhone } from './cards/use-is-phone';
import { LazyShortcutsDialog } from './dialogs/lazy';
import { GridEmpty } from './grid-empty';
import { GridFaults } from './grid-faults';
import { GridFooter } from './grid-footer';
import { GridJumpContext } from './jump-context';
import { GridActionsProvider } from './state/grid-actions';
import { useDataGrid } from './state/use-data-grid';
import { GridToolbar, type ViewsOfGrid } from './toolbar/grid-toolbar';

interface DataGridProps {
  /** What the records are called while the grid is not drawn yet. */
  label: string;
  /** A `GridWindow` as one JSON string: cheap to send, parsed once. */
  payload: string;
  /** How the reader wants it drawn; null: as everybody has it at first. */
  layout?: GridLayout | null;
  /** Keeps how the reader wants it drawn: a server action. */
  onLayout?: (layout: GridLayout) => Promise<unknown>;
  /** Where a dead connection is consented to anew. */
  reconnection?: Reconnection | null;
  /** Without them the grid has no menu of views. */
  views?: ViewsOfGrid | null;
}

/**
 * A grid over records of any number: its first window comes with the page, the others as they come into view. The server
 * draws its shape only: rows as markup cost it many times what their string does (bench/README.md).
 */
export function DataGrid({ label, ...props }: DataGridProps) {
  const phone = useIsPhone();
  return phone === null ? <GridSkeleton label={label} /> : <DrawnGrid {...props} phone={phone} />;
}

function DrawnGrid({
  reconnection = null,
  views = null,
  phone,
  ...options
}: Omit<DataGridProps, 'label'> & { phone: boolean }) {
  const [known, setKnown] = useState({ given: views, now: views?.views ?? [] });
  if (known.given !== views) setKnown({ given: views, now: views?.views ?? [] });
  const grid = useDataGrid({ ...options, ...(views ? { views: known.now } : {}) });
  // The same for as long as it says the same: rows that come in draw no control again.
  const shownViews = useMemo(
    () =>
      views && {
        ...views,
        views: known.now,
        onViews: (now: typeof known.now) => setKnown({ given: views, now }),
      },
    [views, known.now],
  );
  const { window, loader } = grid.shown;
  const [help, setHelp] = useState(false);
  const openHelp = useCallback(() => setHelp(true), []);
  return (
    <GridJumpContext value={grid.jump}>
      <GridActionsProvider value={grid.actions}>
        <div data-grid-frame="" className="flex min-h-0 flex-1 flex-col gap-2.5">
          <GridToolbar grid={grid} views={shownViews} onShortcuts={openHelp} />
          <div data-grid-panel="" className="contents" />
          <GridFaults grid={grid} reconnection={reconnection} />
          <GridNotices
            missing={window.missing}
            notices={[...new Set([...window.notices, ...loader.notices])]}
          />
          {loader.cache.total === 0 ? (
            <GridEmpty window={window} change={grid.change} />
          ) : (
            <div className="flex min-h-0 flex-1 flex-col">
              {phone ? <CardList grid={grid} /> : <GridTableView grid={grid} onHelp={openHelp} />}
            </div>
          )}
          <GridFooter grid={grid} />
          {help ? <LazyShortcutsDialog onClose={() => setHelp(false)} /> : null}
        </div>
      </GridActionsProvider>
    </GridJumpContext>
  );
}
