import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { NewWebhook } from '@/components/webhooks/new-webhook';
import { listConnectableEnvironments } from '@/lib/environments/queries';
import { requireAdmin } from '@/lib/session/context';
import { createWebhookAction } from '../actions';

export const metadata = { title: 'Add webhook' };

export default async function NewWebhookPage() {
  const ctx = await requireAdmin();
  const environments = await listConnectableEnvironments(ctx);
  return (
    <Page above={<BackLink href="/admin/webhooks">Webhooks</BackLink>} title="Add webhook">
      <div className="max-w-3xl rounded-xl bg-surface p-5 shadow-surface sm:p-7">
        <NewWebhook
          environments={environments.map(({ id, name }) => ({ id, name }))}
          create={createWebhookAction}
        />
      </div>
    </Page>
  );
}
