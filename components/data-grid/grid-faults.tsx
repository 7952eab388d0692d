'use client';

import type { Reconnection } from '@/components/states/faults/fault-actions';
import { GridStrip } from '@/components/states/faults/grid-strip';
import type { DataGridModel } from './state/use-data-grid';
import { count } from './words';

/** Over the last good rows: why a new state, or some rows further down, did not come. */
export function GridFaults({
  grid,
  reconnection,
}: {
  grid: DataGridModel;
  reconnection: Reconnection | null;
}) {
  const { shown, change } = grid;
  const { problem, loader, window, pending } = shown;
  const clear = () => change({ q: '', filter: null, sort: [] });
  if (problem) {
    return (
      <GridStrip
        problem={problem}
        label={window.labelPlural}
        kept="What you see is what Salesforce answered before."
        reconnection={reconnection}
        pending={pending}
        onRetry={shown.refresh}
        onClear={clear}
      />
    );
  }
  if (loader.failed) {
    const from = count(loader.failed.offset + 1, window.locale);
    return (
      <GridStrip
        problem={loader.failed.problem}
        label={`${window.labelPlural} from row ${from}`}
        kept="Rows that were loaded before stay here."
        reconnection={reconnection}
        pending={loader.loading}
        onRetry={() => loader.retry()}
        onClear={clear}
      />
    );
  }
  return null;
}
