import type { ReactNode } from 'react';
import { CauseCard } from '@/components/custody/cause-card';
import { Instant, type Viewer } from '@/components/states/instant';
import { ProblemCard } from '@/components/states/problem-card';
import type { ConnectionSummary } from '@/lib/connections/types';

interface ConnectionProblemCardProps {
  connection: Pick<ConnectionSummary, 'problem'>;
  viewer: Viewer;
  /** The button that takes the next step, where the reader can take it. */
  action?: ReactNode;
  /** Who has to take it, when that is not the reader. */
  holder?: string | null;
}

/** Why a connection does not serve calls, in our words and in Salesforce's; with its cause where one was looked for. */
export function ConnectionProblemCard({
  connection: { problem },
  viewer,
  action,
  holder,
}: ConnectionProblemCardProps) {
  if (!problem) return null;
  const { code, message, nextStep, salesforce, at, cause } = problem;
  if (cause)
    return (
      <CauseCard
        problem={problem}
        cause={cause}
        viewer={viewer}
        action={action}
        {...(holder ? { holder } : {})}
      />
    );
  return (
    <div className="space-y-1.5">
      <ProblemCard problem={{ code: code as never, message, nextStep, salesforce }} actions={action} />
      <p className="px-1 text-xs text-muted">
        Seen <Instant iso={at} viewer={viewer} exact />
      </p>
    </div>
  );
}
