'use client';

import { LoaderCircle } from 'lucide-react';
import { useEffect, useState } from 'react';
import { getJson, type JsonAnswer } from '@/components/data-grid/rows/get-json';
import { costInWords } from '@/components/data-grid/words';
import { CopyButton } from '@/components/forms/copy-field';
import { ProblemCard } from '@/components/states/problem-card';
import { formatDateTime } from '@/lib/format/dates';
import { formatNumber } from '@/lib/format/numbers';
import type { GridSummary } from '@/lib/records/summary/types';
import type { GridWindow } from '@/lib/records/types';
import { currencyInWords } from '../charts/chart-words';
import { rowsQuery } from '../charts/rows-query';
import { ControlDialog } from '../fields/control-dialog';
import { summarisedColumns } from './summarised-columns';
import { SummaryTable } from './summary-table';
import { summaryAsTsv } from './summary-words';

/** Asks Salesforce once for a summary of all rows of the grid, and shows it. */
export function SummaryDialog({ window, onClose }: { window: GridWindow; onClose: () => void }) {
  const [asked] = useState(
    () =>
      `/api/connections/${window.connectionId}/summary?${rowsQuery(window)}&fields=${summarisedColumns(window.columns).join(',')}`,
  );
  const [answer, setAnswer] = useState<JsonAnswer<GridSummary> | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    getJson<GridSummary>(asked, abort.signal).then(
      (came) => {
        if (!abort.signal.aborted) setAnswer(came);
      },
      () => undefined,
    );
    return () => abort.abort();
  }, [asked]);
  return (
    <ControlDialog
      title="Summary"
      description={`Of all rows of the list of ${window.labelPlural}, not only of those that were read.`}
      wide
      onClose={onClose}
    >
      {answer === null ? (
        <p role="status" className="flex items-center gap-2 p-1 text-muted">
          <LoaderCircle aria-hidden="true" className="size-4 animate-spin" />
          Asking Salesforce…
        </p>
      ) : answer.ok ? (
        <Summary summary={answer.body} window={window} />
      ) : (
        <ProblemCard live title="The rows could not be summarised" problem={answer.problem} />
      )}
    </ControlDialog>
  );
}

function Summary({ summary, window }: { summary: GridSummary; window: GridWindow }) {
  const { locale, timeZone } = window;
  const { rows, columns, left, currency, converted, asOf } = summary;
  const facts = [
    `${formatNumber(rows, { locale, scale: 0 })} rows.`,
    currencyInWords({
      measures: columns.map(({ name, label, kind, scale }) => ({
        ...{ name, label, scale },
        kind: kind === 'currency' ? 'currency' : 'number',
      })),
      currency,
      converted,
    }),
    `As of ${formatDateTime(asOf, { locale, timeZone })}.`,
    `${costInWords(summary, locale)}.`,
  ];
  return (
    <div className="space-y-3 p-1">
      <SummaryTable summary={summary} reader={{ locale, timeZone }} />
      <div className="flex items-start justify-between gap-3 text-xs text-muted">
        <div className="space-y-1">
          <p>{facts.filter((words) => words !== null).join(' ')}</p>
          {left.map(({ label, why }) => (
            <p key={label}>
              Without {label}: {why}
            </p>
          ))}
        </div>
        <CopyButton value={summaryAsTsv(summary)} label="Copy the summary for a spreadsheet" />
      </div>
    </div>
  );
}
