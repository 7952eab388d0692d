import { Anchor } from 'lucide-react';
import type { Viewer } from '@/components/states/instant';
import { LinkButton } from '@/components/states/link-button';
import type { EvictionWarning } from '@/lib/connections/types';
import type { EnvironmentSummary } from '@/lib/environments/types';
import { EnvironmentList } from './connect-panel';

const STEPS = [
  ['Choose an environment', 'Production, a sandbox, UAT: each is an org that your administrator set up.'],
  ['Log in at Salesforce', 'Your password stays there. Orgdock never sees it.'],
  ['Allow access', 'Orgdock keeps the grant sealed and alive until you disconnect it.'],
] as const;

interface FirstStepsProps {
  environments: EnvironmentSummary[];
  warnings: EvictionWarning[];
  viewer: Viewer;
  isAdmin: boolean;
}

/** What a new person sees: how connecting works, and where to begin. */
export function FirstSteps({ environments, warnings, viewer, isAdmin }: FirstStepsProps) {
  return (
    <section aria-labelledby="first-heading" className="overflow-hidden rounded-xl bg-surface shadow-surface">
      <div className="p-6 sm:p-8">
        <span className="grid size-12 place-items-center rounded-xl bg-accent-soft text-accent-soft-foreground">
          <Anchor aria-hidden="true" className="size-6" />
        </span>
        <h2 id="first-heading" className="mt-4 text-lg font-semibold tracking-tight">
          Connect your first org
        </h2>
        <p className="mt-1 max-w-[60ch] text-muted">
          One consent, and your Accounts and Opportunities are here. You see what your Salesforce user sees,
          nothing else.
        </p>
        <ol className="mt-6 grid gap-5 sm:grid-cols-3">
          {STEPS.map(([title, text], index) => (
            <li key={title} className="flex gap-3">
              <span
                aria-hidden="true"
                className="grid size-6 shrink-0 place-items-center rounded-full border border-border text-xs font-semibold text-muted"
              >
                {index + 1}
              </span>
              <span>
                <span className="block font-medium">{title}</span>
                <span className="mt-0.5 block text-[0.8125rem] text-muted">{text}</span>
              </span>
            </li>
          ))}
        </ol>
      </div>
      <div className="border-t border-separator bg-surface-secondary p-6 sm:px-8">
        {environments.length > 0 ? (
          <div className="rounded-lg bg-surface">
            <EnvironmentList environments={environments} warnings={warnings} viewer={viewer} preview />
          </div>
        ) : isAdmin ? (
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p>There is no environment yet. Tell Orgdock about your org and its app first.</p>
            <LinkButton href="/admin/environments/new" variant="primary">
              Add an environment
            </LinkButton>
          </div>
        ) : (
          <p>No environment is open to you yet. Ask an administrator of this portal.</p>
        )}
      </div>
    </section>
  );
}
