import { Check } from 'lucide-react';
import Link from 'next/link';
import type { ReviewFilter } from '@/lib/custody/access-review/types';
import { reviewHref } from './review-href';

const FILTERS = [
  ['undecided', 'Undecided'],
  ['unused', 'Not used for 90 days'],
  ['full', 'Scope full'],
] as const;

/** What narrows the list; the address carries it, so a view can be shared. */
export function ReviewFilters({ id, filter }: { id: string; filter: ReviewFilter }) {
  return (
    <nav aria-label="Show only" className="flex flex-wrap items-center gap-2">
      <span aria-hidden="true" className="text-[0.8125rem] text-muted">
        Show only
      </span>
      {FILTERS.map(([name, label]) => (
        <Link
          key={name}
          href={reviewHref(id, filter, { [name]: !filter[name] })}
          prefetch={false}
          scroll={false}
          aria-current={filter[name] ? 'true' : undefined}
          className="inline-flex items-center gap-1.5 rounded-lg border border-border bg-surface px-2.5 py-1 text-[0.8125rem] font-medium hover:bg-row-hover aria-[current=true]:border-accent aria-[current=true]:bg-accent-soft aria-[current=true]:text-accent-soft-foreground"
        >
          {filter[name] ? <Check aria-hidden="true" className="size-3.5" /> : null}
          {label}
        </Link>
      ))}
    </nav>
  );
}
