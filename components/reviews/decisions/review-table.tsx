'use client';

import { useState } from 'react';
import type { Viewer } from '@/components/states/instant';
import type { DecisionReport, ReviewItem } from '@/lib/custody/access-review/types';
import { type Decide, isOpen } from './decide';
import { DecisionBar } from './decision-bar';
import { ReviewRow } from './review-row';

const COLUMNS = ['Held by', 'Environment', 'User and org', 'Scopes', 'Connected', 'Last used', 'Decision'];

interface ReviewTableProps {
  items: ReviewItem[];
  isClosed: boolean;
  viewer: Viewer;
  /** Null: the viewer may only look. */
  decide: Decide | null;
}

/** The grants of a review; one or several are decided at a time, with mouse or keyboard. */
export function ReviewTable({ items, isClosed, viewer, decide: send }: ReviewTableProps) {
  const [report, setReport] = useState<DecisionReport | null>(null);
  const decide: Decide | null =
    send &&
    (async (input) => {
      const result = await send(input);
      if (result.ok) setReport(result.value);
      return result;
    });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const open = decide ? items.filter(isOpen) : [];
  const selected = open.filter(({ connectionId }) => chosen.has(connectionId));
  const select = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  if (items.length === 0) return <LeftGrants left={report?.left ?? []} />;
  return (
    <div className="space-y-3">
      <LeftGrants left={report?.left ?? []} />
      {open.length > 0 ? (
        <label className="inline-flex cursor-pointer items-center gap-2.5 text-[0.8125rem] font-medium">
          <input
            type="checkbox"
            checked={selected.length === open.length}
            ref={(box) => {
              if (box) box.indeterminate = selected.length > 0 && selected.length < open.length;
            }}
            onChange={({ target }) =>
              setChosen(new Set(target.checked ? open.map(({ connectionId }) => connectionId) : []))
            }
            className="size-4 accent-(--accent)"
          />
          Select all {open.length} that can be decided here
        </label>
      ) : null}
      <table className="block w-full rounded-xl bg-surface text-[0.8125rem] shadow-surface lg:table">
        <caption className="sr-only">Grants of this review</caption>
        <thead className="hidden text-left text-xs text-muted lg:table-header-group">
          <tr>
            {decide ? (
              <th scope="col" className="py-2.5 pl-5">
                <span className="sr-only">Select</span>
              </th>
            ) : null}
            {COLUMNS.map((label) => (
              <th key={label} scope="col" className="px-3 py-2.5 font-medium whitespace-nowrap first:pl-5">
                {label}
              </th>
            ))}
            {decide ? (
              <th scope="col">
                <span className="sr-only">Decide</span>
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody className="block divide-y divide-separator lg:table-row-group">
          {items.map((item) => (
            <ReviewRow
              key={item.connectionId}
              item={item}
              isClosed={isClosed}
              viewer={viewer}
              isSelected={chosen.has(item.connectionId)}
              onSelect={(on) => select(item.connectionId, on)}
              decide={decide}
            />
          ))}
        </tbody>
      </table>
      {decide && selected.length > 0 ? (
        <DecisionBar items={selected} decide={decide} onDone={() => setChosen(new Set())} />
      ) : null}
    </div>
  );
}

/** Grants that the last decision did not touch; in a place of its own, because their rows lose their buttons. */
function LeftGrants({ left }: { left: string[] }) {
  return (
    <div role="status">
      {left.length > 0 ? (
        <p className="max-w-[75ch] rounded-xl bg-warning-soft px-4 py-2.5 text-warning-soft-foreground">
          {left.length === 1 ? '1 grant was left as it is' : `${left.length} grants were left as they are`}:{' '}
          {left.join(', ')}. What has changed since the review began, or was revoked meanwhile, is not decided
          here.
        </p>
      ) : null}
    </div>
  );
}
