import { Instant, type Viewer } from '@/components/states/instant';
import type { PreflightReport } from '@/lib/provisioning/preflight/types';
import { CheckItem } from './check-item';
import { CheckStateBadge } from './check-state';
import { summaryWords } from './check-words';

/** The last result: how it stands, when and by whom it was tested, and every check. */
export function PreflightResult({ report, viewer }: { report: PreflightReport; viewer: Viewer }) {
  const { state, checks, finishedAt, startedBy } = report;
  return (
    <div className="space-y-2">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <CheckStateBadge state={state} />
        <span>{summaryWords(checks)}.</span>
        <span className="text-muted">
          Tested <Instant iso={finishedAt} viewer={viewer} />
          {startedBy ? ` by ${startedBy}` : ''}.
        </span>
      </p>
      <ul className="divide-y divide-separator" aria-label="Checks">
        {checks.map((check) => (
          <CheckItem key={check.id} check={check} />
        ))}
      </ul>
    </div>
  );
}
