import { buttonVariants } from '@heroui/styles';
import { Download } from 'lucide-react';
import { notFound } from 'next/navigation';
import { CloseReview } from '@/components/reviews/close-review';
import { ReviewTable } from '@/components/reviews/decisions/review-table';
import { ReviewFilters } from '@/components/reviews/review-filters';
import { ReviewBadge } from '@/components/reviews/review-list';
import { ReviewPages } from '@/components/reviews/review-pages';
import { ReviewProgress } from '@/components/reviews/review-progress';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { AutoRefresh } from '@/components/states/auto-refresh';
import { absoluteWords } from '@/components/states/instant';
import { viewReview } from '@/lib/custody/access-review/queries';
import { parseReviewFilter } from '@/lib/custody/access-review/schema';
import { requireCustodian } from '@/lib/session/context';
import { viewerOf } from '../../../../viewer';
import { closeReviewAction, decideGrantsAction } from '../actions';

export const metadata = { title: 'Access review' };

interface ReviewPageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ReviewPage({ params, searchParams }: ReviewPageProps) {
  const ctx = await requireCustodian();
  const { id } = await params;
  const filter = parseReviewFilter(await searchParams);
  const view = await viewReview(ctx, id, filter);
  if (!view) notFound();
  const { review, items, undecided, changed } = view;
  const viewer = viewerOf(ctx);
  const open = review.closed === null && ctx.role === 'admin';
  const started = `Started by ${review.startedBy}, ${absoluteWords(review.startedAt, viewer)}.`;
  const closed =
    review.closed && `Closed by ${review.closed.by}, ${absoluteWords(review.closed.at, viewer)}.`;
  return (
    <Page
      wide
      above={<BackLink href="/admin/connections/reviews">Access reviews</BackLink>}
      title={`Access review: ${review.scope}`}
      badge={<ReviewBadge closed={review.closed !== null} />}
      description={[started, closed].filter(Boolean).join(' ')}
      actions={
        <>
          <form method="post" action={`/api/access-reviews/${id}/export`}>
            <button type="submit" className={buttonVariants({ variant: 'secondary' })}>
              <Download aria-hidden="true" />
              Export CSV
            </button>
          </form>
          {open ? (
            <CloseReview
              undecided={undecided}
              changed={changed}
              close={closeReviewAction.bind(null, id, undecided)}
            />
          ) : null}
        </>
      }
    >
      {items.some(({ outcome }) => outcome === 'revoking') ? <AutoRefresh everyMs={3_000} /> : null}
      <div className="space-y-5">
        <div className="max-w-md">
          <ReviewProgress review={review} />
        </div>
        <ReviewFilters id={id} filter={filter} />
        <ReviewTable
          items={items}
          isClosed={review.closed !== null}
          viewer={viewer}
          decide={open ? decideGrantsAction.bind(null, id) : null}
        />
        <ReviewPages id={id} filter={filter} view={view} />
      </div>
    </Page>
  );
}
