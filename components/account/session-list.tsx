import { MonitorSmartphone } from 'lucide-react';
import { ActionButton } from '@/components/forms/action-button';
import type { ActionResult } from '@/components/forms/action-result';
import { Instant, type Viewer } from '@/components/states/instant';
import type { SessionSummary } from '@/lib/session/types';
import { browserInWords } from './browser-in-words';

interface SessionListProps {
  sessions: SessionSummary[];
  viewer: Viewer;
  /** Null: may look only. */
  end: ((id: string) => Promise<ActionResult>) | null;
}

/** Live sessions: which browser, from where, since when. */
export function SessionList({ sessions, viewer, end }: SessionListProps) {
  return (
    <ul className="divide-y divide-separator">
      {sessions.map(({ id, current, userAgent, ip, signedInVia, createdAt, lastSeenAt, expiresAt }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
          <MonitorSmartphone aria-hidden="true" className="size-5 shrink-0 text-muted" />
          <div className="min-w-0 flex-1 basis-64">
            <p className="flex flex-wrap items-center gap-2 font-medium">
              {browserInWords(userAgent)}
              {current ? (
                <span className="rounded-md bg-success-soft px-1.5 text-xs leading-5 font-medium text-success-soft-foreground">
                  This browser
                </span>
              ) : null}
            </p>
            <p className="text-[0.8125rem] text-muted">
              {ip ? `${ip} · ` : null}
              signed in <Instant iso={createdAt} viewer={viewer} /> through {signedInVia} · seen{' '}
              <Instant iso={lastSeenAt} viewer={viewer} /> · ends <Instant iso={expiresAt} viewer={viewer} />{' '}
              at the latest
            </p>
          </div>
          {current || end === null ? null : (
            <ActionButton size="sm" variant="tertiary" action={end.bind(null, id)}>
              End <span className="sr-only">the session of {browserInWords(userAgent)}</span>
            </ActionButton>
          )}
        </li>
      ))}
    </ul>
  );
}
