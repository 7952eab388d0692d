import Link from 'next/link';
import type { ReviewFilter, ReviewPage } from '@/lib/custody/access-review/types';
import { reviewHref } from './review-href';

interface ReviewPagesProps {
  id: string;
  filter: ReviewFilter;
  view: Pick<ReviewPage, 'total' | 'page' | 'pages'>;
}

/** How many grants the filter shows, and the way to the pages before and after. */
export function ReviewPages({ id, filter, view: { total, page, pages } }: ReviewPagesProps) {
  const link = (to: number, label: string) => (
    <Link href={reviewHref(id, filter, { page: to })} prefetch={false} className="inline-link">
      {label}
    </Link>
  );
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 text-[0.8125rem] text-muted">
      <p role="status">
        {total === 0 ? 'No grant fits.' : total === 1 ? '1 grant shown' : `${total} grants shown`}
      </p>
      {pages > 1 ? (
        <nav aria-label="Pages" className="flex items-center gap-4 tabular-nums">
          {page > 1 ? link(page - 1, 'Previous') : null}
          Page {page} of {pages}
          {page < pages ? link(page + 1, 'Next') : null}
        </nav>
      ) : null}
    </div>
  );
}
