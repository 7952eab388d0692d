import { CircleCheck, CircleHelp, LoaderCircle } from 'lucide-react';
import { ActionButton } from '@/components/forms/action-button';
import type { ActionResult } from '@/components/forms/action-result';
import { Instant, type Viewer } from '@/components/states/instant';
import type { ConnectionDetail } from '@/lib/connections/types';

interface RevocationNoticeProps {
  connection: ConnectionDetail;
  viewer: Viewer;
  /** Left out: the reader may not ask for it. */
  retry?: () => Promise<ActionResult>;
}

const WORDS = {
  pending: {
    Icon: LoaderCircle,
    title: 'Revoking at Salesforce',
    text: 'Orgdock does not use this grant any more. It waits for Salesforce to confirm that it has ended.',
  },
  confirmed: {
    Icon: CircleCheck,
    title: 'Disconnected, and Salesforce confirmed it',
    text: 'The grant is revoked and its tokens are deleted.',
  },
  unconfirmed: {
    Icon: CircleHelp,
    title: 'Disconnected, but the revocation could not be confirmed',
    text: 'Orgdock does not use this grant any more. To be certain, try again, or end the session in Salesforce: Setup → Connected Apps OAuth Usage.',
  },
} as const;

/** How far the end of a grant has come. */
export function RevocationNotice({ connection, viewer, retry }: RevocationNoticeProps) {
  const { revocation, revocationNextAt, disconnectedAt } = connection;
  if (revocation === 'none') return null;
  const { Icon, title, text } = WORDS[revocation];
  return (
    <section
      aria-label="Revocation"
      data-revocation={revocation}
      className="flex flex-wrap items-start gap-x-6 gap-y-3 rounded-xl border border-border bg-surface p-5"
    >
      <div className="flex min-w-0 flex-1 basis-80 gap-3.5">
        <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-muted" />
        <div>
          <p className="font-semibold">{title}</p>
          <p className="mt-1 max-w-[65ch] text-pretty text-muted">{text}</p>
          {revocationNextAt ? (
            <p className="mt-1">
              Orgdock tries again at <Instant iso={revocationNextAt} viewer={viewer} exact />.
            </p>
          ) : null}
          {disconnectedAt ? (
            <p className="mt-1 text-xs text-muted">
              Disconnected <Instant iso={disconnectedAt} viewer={viewer} exact />
            </p>
          ) : null}
        </div>
      </div>
      {revocation === 'confirmed' || !retry ? null : (
        <ActionButton variant="secondary" action={retry}>
          Try the revocation again
        </ActionButton>
      )}
    </section>
  );
}
