'use client';

import { Button } from '@heroui/react/button';
import { Table2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { costInWords } from '@/components/data-grid/words';
import { CopyButton } from '@/components/forms/copy-field';
import { formatDateTime } from '@/lib/format/dates';
import type { Chart, ChartGroup } from '@/lib/records/charts/types';
import type { GridWindow } from '@/lib/records/types';
import { ChartTable } from './chart-table';
import { chartAsTsv, currencyInWords } from './chart-words';

const ChartPicture = dynamic(() => import('./chart-picture').then((module) => module.ChartPicture), {
  ssr: false,
  loading: () => <div className="h-64" />,
});

interface ChartViewProps {
  chart: Chart;
  window: GridWindow;
  onChoose: (group: ChartGroup) => void;
}

/** A chart with its table, which is always there for screen readers and, when asked for, for everybody. */
export function ChartView({ chart, window, onChoose }: ChartViewProps) {
  const [shown, setShown] = useState(0);
  const [asTable, setAsTable] = useState(false);
  const { locale, timeZone } = window;
  const picture = chart.pictures[shown] ?? chart.pictures[0];
  const isEmpty = chart.groups.every(({ values }) => values.every((value) => value === null || value === 0));
  return (
    <div className="mt-2">
      <div className="flex flex-wrap items-center gap-1.5">
        <h3 className="mr-2 text-sm font-semibold">{chart.title}</h3>
        {chart.pictures.length > 1 && !asTable
          ? chart.pictures.map(({ label }, index) => (
              <Button
                key={label}
                size="sm"
                variant={index === shown ? 'secondary' : 'ghost'}
                aria-pressed={index === shown}
                onPress={() => setShown(index)}
              >
                {label}
              </Button>
            ))
          : null}
        <div className="ml-auto flex items-center gap-1">
          <Button size="sm" variant="ghost" aria-pressed={asTable} onPress={() => setAsTable(!asTable)}>
            <Table2 aria-hidden="true" />
            Show as table
          </Button>
          <CopyButton value={chartAsTsv(chart)} label="Copy the table for a spreadsheet" />
        </div>
      </div>
      {chart.notices.map((notice) => (
        <p key={notice} className="mt-1 text-xs text-muted">
          {notice}
        </p>
      ))}
      {isEmpty ? (
        <p className="py-6 text-center text-sm text-muted">None of the rows of the list is in this chart.</p>
      ) : (
        <>
          {picture && !asTable ? (
            <ChartPicture chart={chart} picture={picture} locale={locale} onChoose={onChoose} />
          ) : null}
          <ChartTable chart={chart} locale={locale} visible={asTable} onChoose={onChoose} />
        </>
      )}
      <p className="mt-2 text-xs text-muted">
        {[
          currencyInWords(chart),
          `As of ${formatDateTime(chart.asOf, { locale, timeZone })}.`,
          `${costInWords(chart, locale)}.`,
          isEmpty ? null : 'A click filters the list.',
        ]
          .filter((words) => words !== null)
          .join(' ')}
      </p>
    </div>
  );
}
