'use client';

import { Button } from '@heroui/react/button';
import { LoaderCircle } from 'lucide-react';
import { SummaryControl } from '@/components/grid-controls/summary/summary-control';
import { isRange } from './selection/selection';
import { SelectionSummary } from './selection/selection-summary';
import type { DataGridModel } from './state/use-data-grid';
import { costInWords } from './words';

/** What the grid cost of the org's API budget, and what the selected cells amount to. */
export function GridFooter({ grid }: { grid: DataGridModel }) {
  const { shown, columns, selecting, copying } = grid;
  const { loader, window } = shown;
  const { box } = selecting;
  const { notice } = copying;
  const range = box !== null && isRange(box);
  return (
    <div className="flex min-h-6 flex-wrap items-center justify-between gap-x-6 gap-y-1 text-xs text-muted">
      <div className="flex flex-wrap items-center gap-3 tabular-nums">
        {costInWords(loader.cost, window.locale)}
        {loader.loading ? (
          <span className="inline-flex items-center gap-1.5">
            <LoaderCircle aria-hidden="true" className="size-3 animate-spin" />
            Loading rows…
          </span>
        ) : null}
        <SummaryControl window={window} />
      </div>
      <p role="status" className="flex flex-wrap items-center gap-2">
        {notice?.words}
        {notice?.more ? (
          <Button size="sm" variant="ghost" onPress={notice.more.load}>
            Load them and copy ({notice.more.calls === 1 ? '1 API call' : `${notice.more.calls} API calls`})
          </Button>
        ) : null}
      </p>
      {range ? (
        <div className="flex flex-wrap items-center gap-x-3">
          <SelectionSummary loader={loader} columns={columns.all} box={box} locale={window.locale} />
          <button
            type="button"
            className="inline-link cursor-pointer"
            onClick={() => void copying.copy('csv', true)}
          >
            Copy as CSV
          </button>
        </div>
      ) : null}
    </div>
  );
}
