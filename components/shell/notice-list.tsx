import { CalendarClock, CircleCheck, TriangleAlert } from 'lucide-react';
import { ActionButton } from '@/components/forms/action-button';
import type { ActionResult } from '@/components/forms/action-result';
import { LinkButton } from '@/components/states/link-button';
import type { Notice } from '@/lib/notify/types';

interface NoticeListProps {
  notices: Notice[];
  dismiss: (id: string) => Promise<ActionResult>;
}

const WARNING = { Icon: TriangleAlert, tone: 'bg-warning-soft text-warning-soft-foreground' };

const LOOKS: Partial<Record<Notice['kind'], typeof WARNING>> = {
  connection_ends_soon: { ...WARNING, Icon: CalendarClock },
  connection_ended: { Icon: TriangleAlert, tone: 'bg-danger-soft text-danger-soft-foreground' },
  approval_done: { Icon: CircleCheck, tone: 'bg-success-soft text-success-soft-foreground' },
};

/** What a person must know of their connections, above every page until it is seen to or dismissed. */
export function NoticeList({ notices, dismiss }: NoticeListProps) {
  if (notices.length === 0) return null;
  return (
    <section aria-label="Notices" className="mx-auto w-full max-w-5xl space-y-2 px-4 py-4 sm:px-6">
      {notices.map(({ id, kind, title, text, href }) => {
        const { Icon, tone } = LOOKS[kind] ?? WARNING;
        return (
          <div
            key={id}
            data-notice={kind}
            className={`flex flex-wrap items-center justify-between gap-x-6 gap-y-2 rounded-xl px-4 py-2.5 ${tone}`}
          >
            <p className="flex min-w-0 flex-1 basis-72 items-start gap-2.5 text-pretty">
              <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
              {text}
            </p>
            <div className="flex flex-wrap gap-2">
              <LinkButton href={href} size="sm" variant="secondary">
                Open<span className="sr-only">: {title}</span>
              </LinkButton>
              {kind === 'approval_done' ? null : (
                <ActionButton size="sm" variant="ghost" action={dismiss.bind(null, id)}>
                  Dismiss<span className="sr-only">: {title}</span>
                </ActionButton>
              )}
            </div>
          </div>
        );
      })}
    </section>
  );
}
