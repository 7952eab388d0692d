'use client';

import { Button } from '@heroui/react/button';
import { useState } from 'react';
import type { Reconnection } from '@/components/states/faults/fault-actions';
import type { RecordView } from '@/lib/records/record/types';
import { RelatedRecords } from './related-records';

const FIRST = 10;

/** The child records of a record. Each list is read when it is opened, and costs an API call then. */
export function RelatedLists({ view, reconnection }: { view: RecordView; reconnection: Reconnection }) {
  const [all, setAll] = useState(false);
  const { related } = view;
  if (related.length === 0) return null;
  return (
    <section aria-labelledby="related" className="space-y-3">
      <div>
        <h2 id="related" className="text-base font-semibold">
          Related
        </h2>
        <p className="text-[0.8125rem] text-muted">A list is read when you open it: one API call each.</p>
      </div>
      <div className="divide-y divide-separator overflow-hidden rounded-xl bg-surface shadow-surface">
        {(all ? related : related.slice(0, FIRST)).map((list) => (
          <RelatedRecords key={list.relationship} list={list} view={view} reconnection={reconnection} />
        ))}
      </div>
      {related.length > FIRST && !all ? (
        <Button size="sm" variant="ghost" onPress={() => setAll(true)}>
          Show all {related.length} lists
        </Button>
      ) : null}
    </section>
  );
}
