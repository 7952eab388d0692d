import { BookOpenCheck, CalendarClock, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import type { ActionResult } from '@/components/forms/action-result';
import { Instant, type Viewer } from '@/components/states/instant';
import type { Alert } from '@/lib/custody/usage/types';
import { alertInWords } from './alert-words';
import { SettleAlert } from './settle-alert';

interface AlertListProps {
  alerts: Alert[];
  viewer: Viewer;
  /** Whether each says through which grant, as on a page of all. */
  withGrant: boolean;
  /** Null: the viewer may only look. */
  settle: ((id: string, form: FormData) => Promise<ActionResult>) | null;
}

/** Reading that was out of the ordinary, with its facts, and who has seen to it. */
export function AlertList({ alerts, viewer, withGrant, settle }: AlertListProps) {
  return (
    <ul className="divide-y divide-separator">
      {alerts.map((alert) => {
        const { title, text } = alertInWords(alert, viewer);
        const { id, facts, settled, holder, environment } = alert;
        const Icon = settled ? BookOpenCheck : facts.kind === 'outside_hours' ? CalendarClock : TriangleAlert;
        return (
          <li key={id} data-alert={facts.kind} className="flex gap-3.5 py-4 first:pt-1 last:pb-1">
            <span
              className={`grid size-8 shrink-0 place-items-center rounded-lg ${settled ? 'bg-default text-muted' : 'bg-warning-soft text-warning-soft-foreground'}`}
            >
              <Icon aria-hidden="true" className="size-4.5" />
            </span>
            <div className="min-w-0 flex-1 space-y-1.5">
              <p className="flex flex-wrap items-baseline justify-between gap-x-4">
                <span className="font-semibold">{title}</span>
                <span className="text-xs text-muted">
                  <Instant iso={alert.raisedAt} viewer={viewer} />
                </span>
              </p>
              {withGrant ? (
                <p>
                  <Link
                    href={`/admin/connections/${alert.connectionId}`}
                    prefetch={false}
                    className="inline-link"
                  >
                    {holder} in {environment.name}
                  </Link>{' '}
                  <span className="break-all text-muted">as {alert.username}</span>
                </p>
              ) : null}
              <p className="max-w-[75ch] text-pretty">{text}</p>
              {settled ? (
                <p className="text-[0.8125rem] text-muted">
                  Seen by {settled.by ?? 'somebody'} <Instant iso={settled.at} viewer={viewer} />
                  {settled.note === '' ? '.' : `: ${settled.note}`}
                </p>
              ) : settle ? (
                <SettleAlert name={`${title}, ${holder}`} settle={settle.bind(null, id)} />
              ) : null}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
