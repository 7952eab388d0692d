import type { ReviewSummary } from '@/lib/custody/access-review/types';

/** `12 of 40 reviewed`, and how it was decided. */
export function ReviewProgress({ review }: { review: ReviewSummary }) {
  const { grants, kept, revoked } = review;
  const reviewed = kept + revoked;
  const share = (count: number) => ({ width: `${grants === 0 ? 0 : (count / grants) * 100}%` });
  return (
    <div className="min-w-0 text-[0.8125rem]">
      <p className="flex flex-wrap justify-between gap-x-4">
        <span role="status" className="font-medium tabular-nums">
          {reviewed} of {grants} reviewed
        </span>
        <span className="text-muted tabular-nums">
          {kept} kept, {revoked} revoked
        </span>
      </p>
      <div aria-hidden="true" className="mt-1.5 flex h-1.5 overflow-hidden rounded-full bg-default">
        <span className="bg-accent" style={share(kept)} />
        <span className="bg-danger" style={share(revoked)} />
      </div>
    </div>
  );
}
