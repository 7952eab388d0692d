import { Plug } from 'lucide-react';
import { ConsentButton } from '@/components/consent/consent-button';
import { EnvironmentName } from '@/components/states/environment-badge';
import type { Viewer } from '@/components/states/instant';
import { LinkButton } from '@/components/states/link-button';
import type { EvictionWarning } from '@/lib/connections/types';
import type { EnvironmentSummary } from '@/lib/environments/types';
import { EvictionNotice } from './eviction-notice';

interface ConnectPanelProps {
  environments: EnvironmentSummary[];
  /** Consents that would end somebody's grant. */
  warnings: EvictionWarning[];
  viewer: Viewer;
  /** Links to the page that says what Salesforce will ask. */
  preview?: boolean;
}

/** The environments that one may connect to, each with its button. */
export function ConnectPanel(props: ConnectPanelProps) {
  if (props.environments.length === 0) return null;
  return (
    <section aria-labelledby="connect-heading" className="rounded-xl bg-surface p-5 shadow-surface">
      <h2 id="connect-heading" className="text-base font-semibold">
        Connect an org
      </h2>
      <p className="mt-1 text-muted">
        Salesforce asks you to log in and to allow Orgdock. The same user again renews a connection.
      </p>
      <div className="mt-4">
        <EnvironmentList {...props} preview />
      </div>
    </section>
  );
}

/** One row per environment with its Connect button. */
export function EnvironmentList({ environments, warnings, viewer, preview }: ConnectPanelProps) {
  return (
    <ul className="divide-y divide-separator rounded-lg border border-border">
      {environments.map(({ id, slug, name, kind, color }) => (
        <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2.5">
          <EnvironmentName name={name} kind={kind} color={color} />
          <span className="flex flex-wrap gap-2">
            {preview ? (
              <LinkButton href={`/connections/new/${slug}`} variant="ghost" size="sm">
                <span>
                  What <span className="sr-only">{name}</span>
                  <span aria-hidden="true">it</span> asks for
                </span>
              </LinkButton>
            ) : null}
            <ConsentButton
              request={{ environment: slug, intent: 'connect' }}
              variant="secondary"
              size="sm"
              icon={<Plug aria-hidden="true" />}
            >
              Connect <span className="sr-only">{name}</span>
            </ConsentButton>
          </span>
          <EvictionNotice
            warnings={warnings.filter(({ environmentId }) => environmentId === id)}
            viewer={viewer}
          />
        </li>
      ))}
    </ul>
  );
}
