'use client';

import { Button } from '@heroui/react/button';
import { LoaderCircle, RotateCw, X } from 'lucide-react';
import type { GridControlProps } from '@/components/grid-controls/types';
import { ProblemCard } from '@/components/states/problem-card';
import type { ChartGroup } from '@/lib/records/charts/types';
import { addConditions } from '@/lib/soql/filter/add-conditions';
import { ChartList } from './chart-list';
import { ChartView } from './chart-view';
import { rowsQuery } from './rows-query';
import { useCharts } from './use-charts';

interface ChartsPanelProps extends GridControlProps {
  id: string;
  open: boolean;
  onClose: () => void;
}

/** The charts of the grid's rows: a list of them, and the one that was asked for. */
export function ChartsPanel({ window, state, change, id, open, onClose }: ChartsPanelProps) {
  const model = useCharts(window.connectionId, rowsQuery(window));
  const { choices, chosen, chart, stale, pending, problem, draw } = model;
  const filterBy = ({ conditions }: ChartGroup) => {
    if (conditions === null) return;
    change({ filter: addConditions(state.filter ?? window.state.filter, conditions) });
  };
  return (
    <section
      id={id}
      hidden={!open}
      aria-label="Charts"
      className="relative max-h-[60vh] shrink-0 overflow-y-auto rounded-xl border border-border bg-surface p-3 sm:p-4"
    >
      <div className="flex items-start gap-3">
        <ChartList choices={choices} chosen={chosen} onChoose={draw} />
        <Button isIconOnly size="sm" variant="ghost" aria-label="Close the charts" onPress={onClose}>
          <X aria-hidden="true" />
        </Button>
      </div>
      {pending ? (
        <p role="status" className="flex items-center gap-2 py-2 text-sm text-muted">
          <LoaderCircle aria-hidden="true" className="size-4 animate-spin" />
          Asking Salesforce…
        </p>
      ) : null}
      {problem ? (
        <div className="mt-2">
          <ProblemCard
            live
            title="The chart could not be drawn"
            problem={problem}
            actions={
              <Button size="sm" variant="secondary" onPress={() => draw(chosen)}>
                <RotateCw aria-hidden="true" />
                Try again
              </Button>
            }
          />
        </div>
      ) : null}
      {chart && stale && !pending ? (
        <p role="status" className="mt-2 flex flex-wrap items-center gap-2 text-sm text-muted">
          Drawn before the rows of the list changed.
          <Button size="sm" variant="secondary" onPress={() => draw(chart.id)}>
            <RotateCw aria-hidden="true" />
            Draw again · 1 API call
          </Button>
        </p>
      ) : null}
      {chart && open ? (
        <ChartView key={chart.id} chart={chart} window={window} onChoose={filterBy} />
      ) : chosen === null && choices !== null && !pending ? (
        <p className="pt-2 text-sm text-muted">
          Choose a chart. It counts all rows of the list, not only those that were read, and costs 1 API call.
        </p>
      ) : null}
    </section>
  );
}
