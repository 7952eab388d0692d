import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import type { WebhookEndpoint } from '@/lib/notify/webhooks/types';
import { WebhookState } from './webhook-state';

/** All receivers, each a link to its page. */
export function WebhookList({ webhooks }: { webhooks: WebhookEndpoint[] }) {
  return (
    <ul className="divide-y divide-separator overflow-hidden rounded-xl bg-surface shadow-surface">
      {webhooks.map((webhook) => (
        <li key={webhook.id} className="relative flex items-center gap-4 px-5 py-4 hover:bg-row-hover">
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Link
                href={`/admin/webhooks/${webhook.id}`}
                className="min-w-0 truncate font-semibold after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
              >
                {webhook.url}
              </Link>
              <WebhookState webhook={webhook} />
            </p>
            <p className="mt-1 truncate text-muted">
              {webhook.description || webhook.events.join(', ')}
              {webhook.environment ? ` · ${webhook.environment.name} only` : ''}
            </p>
            <p className="mt-1 text-xs text-muted tabular-nums">{todayInWords(webhook)}</p>
          </div>
          <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-muted" />
        </li>
      ))}
    </ul>
  );
}

function todayInWords({ today: { delivered, waiting, failed } }: WebhookEndpoint): string {
  if (delivered + waiting + failed === 0) return 'No event in the last 24 hours';
  const parts = [`${delivered} delivered`];
  if (waiting > 0) parts.push(`${waiting} on the way`);
  if (failed > 0) parts.push(`${failed} given up`);
  return `Last 24 hours: ${parts.join(', ')}`;
}
