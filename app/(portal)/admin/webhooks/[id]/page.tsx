import { notFound } from 'next/navigation';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { Section } from '@/components/states/facts';
import { DeliveryLog } from '@/components/webhooks/delivery-log';
import { WebhookControls } from '@/components/webhooks/webhook-controls';
import { WebhookFacts } from '@/components/webhooks/webhook-facts';
import { WebhookForm } from '@/components/webhooks/webhook-form';
import { WebhookState } from '@/components/webhooks/webhook-state';
import { listConnectableEnvironments } from '@/lib/environments/queries';
import { getWebhook, listDeliveries, readPreviousUntil } from '@/lib/notify/webhooks/queries';
import { requireCustodian } from '@/lib/session/context';
import { viewerOf } from '../../../viewer';
import {
  changeWebhookAction,
  deleteWebhookAction,
  enableWebhookAction,
  replayDeliveryAction,
  rotateWebhookSecretAction,
  testWebhookAction,
} from '../actions';

export const metadata = { title: 'Webhook' };

interface WebhookPageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ before?: string | string[] }>;
}

export default async function WebhookPage({ params, searchParams }: WebhookPageProps) {
  const ctx = await requireCustodian();
  const { id } = await params;
  const webhook = await getWebhook(ctx, id);
  if (!webhook) notFound();
  const isAdmin = ctx.role === 'admin';
  const { before } = await searchParams;
  const [log, environments, previousUntil] = await Promise.all([
    listDeliveries(ctx, id, typeof before === 'string' ? before : null),
    listConnectableEnvironments(ctx),
    isAdmin ? readPreviousUntil(ctx, id) : null,
  ]);
  return (
    <Page
      above={<BackLink href="/admin/webhooks">Webhooks</BackLink>}
      title={new URL(webhook.url).host}
      badge={<WebhookState webhook={webhook} />}
    >
      <div className="max-w-4xl space-y-6">
        {isAdmin ? (
          <>
            <WebhookControls
              webhook={webhook}
              previousUntil={previousUntil}
              viewer={viewerOf(ctx)}
              test={testWebhookAction.bind(null, id)}
              enable={enableWebhookAction.bind(null, id)}
              rotate={rotateWebhookSecretAction.bind(null, id)}
              remove={deleteWebhookAction.bind(null, id)}
            />
            <Section title="What is sent where">
              <WebhookForm
                {...{ webhook, environments }}
                submitLabel="Save"
                action={changeWebhookAction.bind(null, id)}
              />
            </Section>
          </>
        ) : (
          <WebhookFacts webhook={webhook} />
        )}
        <DeliveryLog
          page={log}
          href={`/admin/webhooks/${id}`}
          viewer={viewerOf(ctx)}
          replay={isAdmin && webhook.enabled ? replayDeliveryAction.bind(null, id) : null}
        />
      </div>
    </Page>
  );
}
