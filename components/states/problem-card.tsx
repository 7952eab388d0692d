import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Problem, SalesforceFault } from '@/lib/errors';

interface ProblemCardProps {
  /** Its code may be the browser's own, such as `OFFLINE`. */
  problem: Pick<Problem, 'message' | 'nextStep' | 'salesforce'> &
    Partial<Pick<Problem, 'details'>> & { code: string };
  /** Replaces the first line when the page knows better what did not work. */
  title?: string;
  /** Buttons that do the next step. */
  actions?: ReactNode;
  /** Announces itself: for problems that appear after the page was read. */
  live?: boolean;
}

/** A failure: what happened, Salesforce's own words, and what can be done now. */
export function ProblemCard({ problem, title, actions, live = false }: ProblemCardProps) {
  const { message, nextStep, salesforce, details = {}, code } = problem;
  return (
    <section
      role={live ? 'alert' : undefined}
      aria-label={live ? undefined : 'Problem'}
      data-code={code}
      className="rounded-xl border border-danger/25 bg-surface p-5"
    >
      <div className="flex gap-3.5">
        <span className="grid size-9 shrink-0 place-items-center rounded-lg bg-danger-soft text-danger-soft-foreground">
          <CircleAlert aria-hidden="true" className="size-5" />
        </span>
        <div className="min-w-0 flex-1 space-y-3">
          <div>
            <p className="font-semibold text-foreground">{title ?? message}</p>
            {title ? <p className="mt-1 text-foreground">{message}</p> : null}
            {nextStep ? <p className="mt-1 max-w-[65ch] text-pretty text-muted">{nextStep}</p> : null}
          </div>
          {salesforce ? <SalesforceWords fault={salesforce} /> : null}
          <Details details={details} />
          {actions ? <div className="flex flex-wrap gap-2 pt-1">{actions}</div> : null}
        </div>
      </div>
    </section>
  );
}

/** What Salesforce itself said, unchanged: people search for these words. */
export function SalesforceWords({ fault }: { fault: SalesforceFault }) {
  return (
    <figure className="rounded-lg bg-surface-secondary px-3.5 py-2.5">
      <figcaption className="text-xs font-medium text-muted">
        Salesforce said{fault.status === null ? '' : ` (HTTP ${fault.status})`}
      </figcaption>
      <p className="mt-0.5 font-mono text-[0.8125rem] break-words text-foreground">
        <span className="font-semibold">{fault.error}</span>
        {fault.description ? `: ${fault.description}` : null}
      </p>
    </figure>
  );
}

function Details({ details }: { details: Record<string, string> }) {
  const entries = Object.entries(details);
  if (entries.length === 0) return null;
  return (
    <dl className="grid gap-x-6 gap-y-1 text-[0.8125rem] sm:grid-cols-[max-content_1fr]">
      {entries.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="font-mono break-all">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
