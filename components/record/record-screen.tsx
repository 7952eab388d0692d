'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { objectHref } from '@/components/objects/object-sections';
import type { Reconnection } from '@/components/states/faults/fault-actions';
import { formatDateTime } from '@/lib/format/dates';
import type { RecordView } from '@/lib/records/record/types';
import { RecordActions } from './actions/record-actions';
import { MissingFields } from './fields/missing-fields';
import { RecordFields } from './fields/record-fields';
import { RelatedLists } from './related/related-lists';

/** A record: what it is called, what can be done with it, all its fields and what belongs to it. */
export function RecordScreen({ payload, reconnection }: { payload: string; reconnection: Reconnection }) {
  const view = useMemo(() => JSON.parse(payload) as RecordView, [payload]);
  return (
    <div className="space-y-6">
      <header className="space-y-3">
        <div className="min-w-0">
          <Link
            href={objectHref(view.connectionId, view.sobject)}
            className="inline-link text-[0.8125rem] font-medium text-muted"
          >
            {view.label}
          </Link>
          <h1 className="text-2xl leading-8 font-semibold tracking-tight break-words">{view.title}</h1>
        </div>
        <RecordActions view={view} />
        <p className="text-[0.8125rem] text-muted">
          As of {formatDateTime(view.asOf, view)}. {costWords(view)}
        </p>
      </header>
      <MissingFields missing={view.missing} />
      <RecordFields view={view} />
      <RelatedLists view={view} reconnection={reconnection} />
    </div>
  );
}

function costWords({ calls, budget }: RecordView): string {
  const cost = calls === 1 ? 'This page cost 1 API call' : `This page cost ${calls} API calls`;
  return budget
    ? `${cost}; the org has ${(budget.max - budget.used).toLocaleString('en')} left today.`
    : `${cost}.`;
}
