import { Inbox } from 'lucide-react';
import { ActionButton } from '@/components/forms/action-button';
import type { ActionResult } from '@/components/forms/action-result';
import { EmptyState } from '@/components/states/empty-state';
import { Instant, type Viewer } from '@/components/states/instant';
import { LinkButton } from '@/components/states/link-button';
import type { DeliveryPage, WebhookDelivery } from '@/lib/notify/webhooks/types';

interface DeliveryLogProps {
  page: DeliveryPage;
  /** Of the webhook's page. */
  href: string;
  viewer: Viewer;
  replay: ((deliveryId: string) => Promise<ActionResult>) | null;
}

const STATE = {
  waiting: { label: 'On the way', colours: 'bg-accent-soft text-accent-soft-foreground' },
  delivered: { label: 'Delivered', colours: 'bg-success-soft text-success-soft-foreground' },
  failed: { label: 'Given up', colours: 'bg-danger-soft text-danger-soft-foreground' },
} as const;

/** What was sent, the newest first, each with what the receiver answered. */
export function DeliveryLog({ page: { deliveries, next }, href, viewer, replay }: DeliveryLogProps) {
  return (
    <section aria-labelledby="deliveries">
      <h2 id="deliveries" className="mb-3 text-base font-semibold">
        Deliveries
      </h2>
      {deliveries.length === 0 ? (
        <EmptyState Icon={Inbox} title="Nothing was sent yet">
          Deliveries are kept for 30 days.
        </EmptyState>
      ) : (
        <ul className="divide-y divide-separator overflow-hidden rounded-xl bg-surface shadow-surface">
          {deliveries.map((delivery) => (
            <li key={delivery.id}>
              <Delivery delivery={delivery} viewer={viewer} replay={replay} />
            </li>
          ))}
        </ul>
      )}
      {next === null ? null : (
        <div className="mt-4">
          <LinkButton href={`${href}?before=${encodeURIComponent(next)}`} variant="secondary">
            Older deliveries
          </LinkButton>
        </div>
      )}
    </section>
  );
}

function Delivery({
  delivery,
  viewer,
  replay,
}: Pick<DeliveryLogProps, 'viewer' | 'replay'> & { delivery: WebhookDelivery }) {
  const { label, colours } = STATE[delivery.state];
  const last = delivery.tries.at(-1);
  return (
    <details className="group px-5 py-3">
      <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 rounded-sm">
        <span className="font-medium">{delivery.event}</span>
        <span className={`rounded-md px-1.5 text-xs leading-5 font-medium ${colours}`}>{label}</span>
        <span className="text-xs text-muted">{last ? answerOf(last) : 'Not tried yet'}</span>
        <span className="ml-auto text-xs text-muted">
          <Instant iso={delivery.createdAt} viewer={viewer} />
        </span>
      </summary>
      <div className="mt-3 space-y-3 text-[0.8125rem]">
        <p className="break-all text-muted">webhook-id: {delivery.eventId}</p>
        <pre className="rounded-lg bg-surface-secondary p-3 font-mono text-xs break-words whitespace-pre-wrap">
          {JSON.stringify(JSON.parse(delivery.payload), null, 2)}
        </pre>
        {delivery.tries.length === 0 ? null : (
          <ol className="space-y-1">
            {delivery.tries.map((tried) => (
              <li key={tried.id} className="break-words">
                <Instant iso={tried.at} viewer={viewer} exact />: {answerOf(tried)} after {tried.milliseconds}{' '}
                ms
                {tried.answer && tried.status !== null ? `, “${tried.answer}”` : ''}
              </li>
            ))}
          </ol>
        )}
        {delivery.nextAt === null ? null : (
          <p className="text-muted">
            Tried again <Instant iso={delivery.nextAt} viewer={viewer} />.
          </p>
        )}
        {replay === null ? null : (
          <ActionButton size="sm" variant="secondary" action={replay.bind(null, delivery.id)}>
            Send again
          </ActionButton>
        )}
      </div>
    </details>
  );
}

function answerOf({ status, answer }: WebhookDelivery['tries'][number]): string {
  return status === null ? answer : `HTTP ${status}`;
}
