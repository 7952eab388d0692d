import { ClipboardCheck } from 'lucide-react';
import { ReviewList } from '@/components/reviews/review-list';
import { StartReview } from '@/components/reviews/start-review';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { EmptyState } from '@/components/states/empty-state';
import { Section } from '@/components/states/facts';
import { listReviews } from '@/lib/custody/access-review/queries';
import { listEnvironmentNames } from '@/lib/environments/queries';
import { requireCustodian } from '@/lib/session/context';
import { viewerOf } from '../../../viewer';
import { startReviewAction } from './actions';

export const metadata = { title: 'Access reviews' };

export default async function ReviewsPage() {
  const ctx = await requireCustodian();
  const [reviews, environments] = await Promise.all([listReviews(ctx), listEnvironmentNames(ctx)]);
  return (
    <Page
      above={<BackLink href="/admin/connections">All connections</BackLink>}
      title="Access reviews"
      description="Who still needs which grant: each is kept or revoked, by name. The evidence stays, whatever becomes of people and connections."
    >
      <div className="space-y-6">
        {ctx.role === 'admin' ? (
          <Section
            title="Start a review"
            description="Every live grant is written down as it stands now. Nothing is revoked until you decide."
          >
            <StartReview environments={environments} start={startReviewAction} />
          </Section>
        ) : null}
        {reviews.length > 0 ? (
          <ReviewList reviews={reviews} viewer={viewerOf(ctx)} />
        ) : (
          <EmptyState Icon={ClipboardCheck} title="No review yet">
            {ctx.role === 'admin'
              ? 'Many companies review access every quarter.'
              : 'Administrators start them.'}
          </EmptyState>
        )}
      </div>
    </Page>
  );
}
