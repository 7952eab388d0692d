import { Webhook } from 'lucide-react';
import { Page } from '@/components/shell/page';
import { EmptyState } from '@/components/states/empty-state';
import { LinkButton } from '@/components/states/link-button';
import { WebhookList } from '@/components/webhooks/webhook-list';
import { listWebhooks } from '@/lib/notify/webhooks/queries';
import { requireCustodian } from '@/lib/session/context';

export const metadata = { title: 'Webhooks' };

export default async function WebhooksPage() {
  const ctx = await requireCustodian();
  const webhooks = await listWebhooks(ctx);
  const add =
    ctx.role === 'admin' ? (
      <LinkButton href="/admin/webhooks/new" variant="primary">
        Add webhook
      </LinkButton>
    ) : null;
  return (
    <Page
      title="Webhooks"
      description="Programs of yours hear at once when a connection is made, needs somebody, or ends."
      actions={webhooks.length > 0 ? add : null}
    >
      {webhooks.length === 0 ? (
        <EmptyState Icon={Webhook} title="No webhook yet" actions={add}>
          Events are signed (Standard Webhooks), tried again for three days, and listed here with every
          answer.
        </EmptyState>
      ) : (
        <WebhookList webhooks={webhooks} />
      )}
    </Page>
  );
}
