import { Hourglass, TimerOff } from 'lucide-react';
import { AskApproval } from '@/components/approval/ask-approval';
import { ConsentButton } from '@/components/consent/consent-button';
import { SeenChoice } from '@/components/doctor/seen-choice';
import { ActionButton } from '@/components/forms/action-button';
import type { ActionResult, Answer } from '@/components/forms/action-result';
import { Instant, type Viewer } from '@/components/states/instant';
import type { EvictionWarning } from '@/lib/connections/types';
import type { PendingConsent } from '@/lib/consent/types';
import type { ApprovalLink } from '@/lib/provisioning/approval/types';
import { EvictionNotice } from './eviction-notice';

interface PendingConsentsProps {
  consents: PendingConsent[];
  warnings: EvictionWarning[];
  viewer: Viewer;
  dismiss: (id: string) => Promise<ActionResult>;
  /** What Salesforce is known to show, to choose from. */
  seen: ReadonlyArray<{ value: string; label: string }>;
  tell: (id: string, form: FormData) => Promise<ActionResult>;
  /** Who asks a Salesforce administrator. */
  askedBy: string;
  /** Makes a link for them: where Salesforce shows its own error page, nothing comes back that would say why. */
  ask: (environmentSlug: string, failureId: null) => Promise<Answer<ApprovalLink>>;
}

/** Consents that went to Salesforce and did not come back: still open, or expired, and what to do. */
export function PendingConsents(props: PendingConsentsProps) {
  const { consents, warnings, viewer, dismiss, seen, tell, askedBy, ask } = props;
  if (consents.length === 0) return null;
  return (
    <ul aria-label="Consents under way" className="space-y-3">
      {consents.map(({ id, environment, startedAt, expiresAt, expired, mayTell }) => (
        <li
          key={id}
          className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-xl border border-border bg-surface px-4 py-3"
        >
          <div className="flex min-w-0 gap-3">
            {expired ? (
              <TimerOff aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-warning-soft-foreground" />
            ) : (
              <Hourglass aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-muted" />
            )}
            <div>
              <p className="font-medium">
                {expired
                  ? `The consent for ${environment.name} never came back`
                  : `A consent for ${environment.name} is under way`}
              </p>
              <p className="max-w-[60ch] text-[0.8125rem] text-muted">
                Started <Instant iso={startedAt} viewer={viewer} />
                {expired ? (
                  '. It has expired. If Salesforce showed an error, choose it below; otherwise start again.'
                ) : (
                  <>
                    , ends <Instant iso={expiresAt} viewer={viewer} />. Finish it in the window at Salesforce,
                    or start again here.
                  </>
                )}
              </p>
            </div>
          </div>
          <div className="flex flex-wrap gap-2">
            <ConsentButton
              request={{ environment: environment.slug, intent: 'connect' }}
              size="sm"
              variant="secondary"
            >
              Start again
            </ConsentButton>
            <AskApproval
              environmentName={environment.name}
              askedBy={askedBy}
              viewer={viewer}
              ask={ask.bind(null, environment.slug, null)}
              size="sm"
              variant="ghost"
            />
            <ActionButton size="sm" variant="ghost" action={dismiss.bind(null, id)}>
              Dismiss
            </ActionButton>
          </div>
          {mayTell ? <SeenChoice name={environment.name} options={seen} tell={tell.bind(null, id)} /> : null}
          <EvictionNotice
            warnings={warnings.filter(({ environmentId }) => environmentId === environment.id)}
            viewer={viewer}
          />
        </li>
      ))}
    </ul>
  );
}
