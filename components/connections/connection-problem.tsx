import { Instant, type Viewer } from '@/components/states/instant';
import { ProblemCard } from '@/components/states/problem-card';
import type { ConnectionSummary } from '@/lib/connections/types';

/** Why a connection does not serve calls, in our words and in Salesforce's. */
export function ConnectionProblemCard({
  connection: { problem },
  viewer,
}: {
  connection: Pick<ConnectionSummary, 'problem'>;
  viewer: Viewer;
}) {
  if (!problem) return null;
  const { code, message, nextStep, salesforce, at } = problem;
  return (
    <div className="space-y-1.5">
      <ProblemCard problem={{ code: code as never, message, nextStep, salesforce }} />
      <p className="px-1 text-xs text-muted">
        Seen <Instant iso={at} viewer={viewer} exact />
      </p>
    </div>
  );
}
