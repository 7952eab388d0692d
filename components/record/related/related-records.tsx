'use client';

import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useRef, useState, useTransition } from 'react';
import { getJson, type JsonAnswer } from '@/components/data-grid/rows/get-json';
import { FaultActions, type Reconnection } from '@/components/states/faults/fault-actions';
import { faultWords, type GridFault } from '@/components/states/faults/grid-fault';
import { ProblemCard } from '@/components/states/problem-card';
import type { RecordView, RelatedList } from '@/lib/records/record/types';
import type { GridWindow } from '@/lib/records/types';
import { relatedHref, relatedWindowHref } from './related-hrefs';
import { RelatedTable } from './related-table';

interface RelatedRecordsProps {
  list: RelatedList;
  view: RecordView;
  reconnection: Reconnection;
}

/** One related list: closed until somebody opens it, which reads it. */
export function RelatedRecords({ list, view, reconnection }: RelatedRecordsProps) {
  const [answer, setAnswer] = useState<JsonAnswer<GridWindow> | null>(null);
  const [pending, startTransition] = useTransition();
  const details = useRef<HTMLDetailsElement>(null);
  const asked = useRef(false);
  const read = () => {
    asked.current = true;
    startTransition(async () => setAnswer(await getJson<GridWindow>(relatedWindowHref(view, list))));
  };
  const readOnceOpen = () => {
    if (details.current?.open && !asked.current) read();
  };
  // The browser opens it for whoever is faster than this script, and tells nobody later.
  useEffect(readOnceOpen);
  return (
    <details ref={details} className="group/list" onToggle={readOnceOpen}>
      <summary className="flex cursor-pointer list-none items-center gap-2 px-5 py-3 font-medium hover:bg-surface-secondary [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className="size-4 text-muted transition-transform group-open/list:rotate-90 motion-reduce:transition-none"
        />
        {list.label}
        {answer?.ok && answer.body.notices.length === 0 ? (
          <span className="text-[0.8125rem] font-normal text-muted tabular-nums">
            {answer.body.rows.total.toLocaleString(view.locale)}
          </span>
        ) : null}
      </summary>
      <div className="px-5 pb-4" aria-live="polite" aria-busy={pending}>
        {answer === null ? <p className="py-2 text-muted">Reading {list.label} from Salesforce …</p> : null}
        {answer?.ok && answer.body.notices.length === 0 ? (
          <Records window={answer.body} list={list} view={view} />
        ) : null}
        {answer?.ok && answer.body.notices.length > 0 ? (
          <p className="py-2 text-muted">
            These records cannot be narrowed to this one: {answer.body.notices.join(' ')}
          </p>
        ) : null}
        {answer && !answer.ok ? (
          <Fault
            problem={answer.problem}
            label={list.label}
            reconnection={reconnection}
            {...{ pending, read }}
          />
        ) : null}
      </div>
    </details>
  );
}

interface FaultProps {
  problem: GridFault;
  label: string;
  reconnection: Reconnection;
  pending: boolean;
  read: () => void;
}

/** The list could not be read: why, and what to do. Never looks like a list without records. */
function Fault({ problem, label, reconnection, pending, read }: FaultProps) {
  const { title, actions } = faultWords(problem.code, label);
  return (
    <ProblemCard
      title={title}
      problem={{ ...problem, code: problem.code === 'OFFLINE' ? 'INTERNAL' : problem.code }}
      actions={
        <FaultActions
          actions={actions.filter((action) => action !== 'clear')}
          reconnection={reconnection}
          size="sm"
          pending={pending}
          onRetry={read}
          onClear={read}
        />
      }
    />
  );
}

function Records({ window, list, view }: Omit<RelatedRecordsProps, 'reconnection'> & { window: GridWindow }) {
  const { rows } = window;
  if (rows.total === 0) {
    return <p className="py-2 text-muted">None. {costWords(window)}</p>;
  }
  return (
    <div className="space-y-2">
      <RelatedTable window={window} instanceUrl={view.instanceUrl} label={list.label} />
      <p className="flex flex-wrap items-center justify-between gap-2 text-[0.8125rem] text-muted">
        <Link href={relatedHref(view, list)} className="inline-link">
          Show all {rows.total.toLocaleString(view.locale)} in a grid
        </Link>
        {costWords(window)}
      </p>
    </div>
  );
}

function costWords({ rows: { calls, budget } }: GridWindow): string {
  const cost = calls === 1 ? 'Cost 1 API call' : `Cost ${calls} API calls`;
  return budget
    ? `${cost}; the org has ${(budget.max - budget.used).toLocaleString('en')} left.`
    : `${cost}.`;
}
