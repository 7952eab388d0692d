'use client';

import { LoaderCircle } from 'lucide-react';
import { type ReactNode, useSyncExternalStore } from 'react';
import type { ShownWindow } from './state/use-grid-window';
import { costInWords } from './words';

/** What the grid cost of the org's API budget, and what is selected. */
export function GridFooter({ shown, children }: { shown: ShownWindow; children?: ReactNode }) {
  const { loader, window } = shown;
  useSyncExternalStore(
    loader.subscribe,
    () => loader.version,
    () => loader.version,
  );
  return (
    <div className="flex min-h-5 flex-wrap items-center justify-between gap-x-6 gap-y-1 text-xs text-muted">
      <p className="flex items-center gap-2 tabular-nums" suppressHydrationWarning>
        {costInWords(loader.cost, window.locale)}
        {loader.loading ? (
          <span className="inline-flex items-center gap-1.5">
            <LoaderCircle aria-hidden="true" className="size-3 animate-spin" />
            Loading rows…
          </span>
        ) : null}
      </p>
      {children}
    </div>
  );
}
