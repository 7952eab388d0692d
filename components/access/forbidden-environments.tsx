import type { ActionResult } from '@/components/forms/action-result';
import { EnvironmentName } from '@/components/states/environment-badge';
import { Instant, type Viewer } from '@/components/states/instant';
import type { ForbiddenEnvironment } from '@/lib/people/types';
import { RequestForm } from './request-form';

interface ForbiddenEnvironmentsProps {
  environments: ForbiddenEnvironment[];
  admins: string[];
  viewer: Viewer;
  request: (slug: string, form: FormData) => Promise<ActionResult>;
}

/** Environments for chosen people, of whom one is none: who can change that, and how to ask. */
export function ForbiddenEnvironments(props: ForbiddenEnvironmentsProps) {
  const { environments, admins, viewer, request } = props;
  if (environments.length === 0) return null;
  return (
    <section aria-labelledby="forbidden-heading" className="rounded-xl bg-surface p-5 shadow-surface">
      <h2 id="forbidden-heading" className="text-base font-semibold">
        For chosen people
      </h2>
      <p className="mt-1 max-w-[65ch] text-muted">
        You have no access to these environments. An administrator can give it: {admins.join(', ')}.
      </p>
      <ul className="mt-4 divide-y divide-separator rounded-lg border border-border">
        {environments.map(({ id, slug, name, kind, color, mayAsk, requestedAt }) => (
          <li key={id} className="px-4 py-2.5">
            {requestedAt ? (
              <p className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
                <EnvironmentName name={name} kind={kind} color={color} />
                <span className="text-[0.8125rem] text-muted">
                  Requested <Instant iso={requestedAt} viewer={viewer} />
                </span>
              </p>
            ) : mayAsk ? (
              <details>
                <summary className="flex cursor-pointer flex-wrap items-center justify-between gap-x-4 gap-y-1 rounded-sm">
                  <EnvironmentName name={name} kind={kind} color={color} />
                  <span className="text-link">
                    Ask for access<span className="sr-only"> to {name}</span>
                  </span>
                </summary>
                <div className="mt-3 pb-2">
                  <RequestForm label={`Request ${name}`} action={request.bind(null, slug)} />
                </div>
              </details>
            ) : (
              <p className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
                <EnvironmentName name={name} kind={kind} color={color} />
                <span className="text-[0.8125rem] text-muted">For administrators only</span>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
