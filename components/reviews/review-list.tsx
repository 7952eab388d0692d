import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { Instant, type Viewer } from '@/components/states/instant';
import type { ReviewSummary } from '@/lib/custody/access-review/types';
import { ReviewProgress } from './review-progress';

/** Access reviews, the newest first, each a link to its page. */
export function ReviewList({ reviews, viewer }: { reviews: ReviewSummary[]; viewer: Viewer }) {
  return (
    <ul className="divide-y divide-separator overflow-hidden rounded-xl bg-surface shadow-surface">
      {reviews.map((review) => {
        const { id, scope, startedBy, startedAt, closed } = review;
        return (
          <li key={id} className="relative flex items-center gap-4 px-5 py-4 hover:bg-row-hover">
            <div className="grid min-w-0 flex-1 gap-x-8 gap-y-2 sm:grid-cols-[1fr_16rem] sm:items-center">
              <div className="min-w-0">
                <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <Link
                    href={`/admin/connections/reviews/${id}`}
                    prefetch={false}
                    className="font-semibold after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
                  >
                    {scope}
                  </Link>
                  <ReviewBadge closed={closed !== null} />
                </p>
                <p className="mt-1 text-xs text-muted">
                  Started <Instant iso={startedAt} viewer={viewer} /> by {startedBy}
                  {closed ? (
                    <>
                      {' '}
                      · closed <Instant iso={closed.at} viewer={viewer} /> by {closed.by}
                    </>
                  ) : null}
                </p>
              </div>
              <ReviewProgress review={review} />
            </div>
            <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-muted" />
          </li>
        );
      })}
    </ul>
  );
}

/** Whether a review goes on. */
export function ReviewBadge({ closed }: { closed: boolean }) {
  const tone = closed ? 'bg-default text-default-foreground' : 'bg-accent-soft text-accent-soft-foreground';
  return (
    <span className={`rounded-md px-2 py-0.5 text-xs leading-5 font-medium ${tone}`}>
      {closed ? 'Closed' : 'Open'}
    </span>
  );
}
