'use client';

import { LoaderCircle } from 'lucide-react';
import { type ReactNode, useSyncExternalStore } from 'react';
import type { GridState } from '@/lib/records/types';
import type { ChangeKind } from '../state/use-grid-url';
import type { ShownWindow } from '../state/use-grid-window';
import { totalInWords } from '../words';
import { SearchBox } from './search-box';

interface GridToolbarProps {
  shown: ShownWindow;
  state: GridState;
  pending: boolean;
  change: (patch: Partial<GridState>, kind?: ChangeKind) => void;
  /** Filter, columns, sort and the like. */
  children?: ReactNode;
}

/** Search, how many records there are, and the controls of the grid. */
export function GridToolbar({ shown, state, pending, change, children }: GridToolbarProps) {
  const { loader, window } = shown;
  useSyncExternalStore(
    loader.subscribe,
    () => loader.version,
    () => loader.version,
  );
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <SearchBox window={window} q={state.q} change={change} />
      <p role="status" className="text-muted">
        <span className="font-medium text-foreground tabular-nums" suppressHydrationWarning>
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
      <div className="flex flex-wrap items-center gap-1.5 sm:ml-auto">{children}</div>
    </div>
  );
}
