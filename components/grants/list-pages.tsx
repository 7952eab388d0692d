import Link from 'next/link';
import { type ListState, listHref } from './list-href';

interface ListPagesProps {
  state: ListState;
  page: number;
  pages: number;
  total: number;
}

/** How many grants there are, and the way to the pages before and after. */
export function ListPages({ state, page, pages, total }: ListPagesProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 text-[0.8125rem] text-muted">
      <p role="status">
        <span className="font-medium text-foreground tabular-nums">{total}</span>{' '}
        {total === 1 ? 'grant' : 'grants'}
      </p>
      {pages > 1 ? (
        <nav aria-label="Pages" className="flex items-center gap-4">
          {page > 1 ? (
            <Link href={listHref(state, { page: page - 1 })} prefetch={false} className="inline-link">
              Previous
            </Link>
          ) : null}
          <span className="tabular-nums">
            Page {page} of {pages}
          </span>
          {page < pages ? (
            <Link href={listHref(state, { page: page + 1 })} prefetch={false} className="inline-link">
              Next
            </Link>
          ) : null}
        </nav>
      ) : null}
    </div>
  );
}
