import { Server } from 'lucide-react';
import { UnfinishedDeletions } from '@/components/environments/deletion/unfinished-deletions';
import { EnvironmentList } from '@/components/environments/environment-list';
import { Page } from '@/components/shell/page';
import { EmptyState } from '@/components/states/empty-state';
import { LinkButton } from '@/components/states/link-button';
import { listUnfinishedDeletions } from '@/lib/custody/environment-deletion/queries';
import { listEnvironments } from '@/lib/environments/queries';
import { requireCustodian } from '@/lib/session/context';

export const metadata = { title: 'Environments' };

export default async function EnvironmentsPage() {
  const ctx = await requireCustodian();
  const [environments, deletions] = await Promise.all([listEnvironments(ctx), listUnfinishedDeletions(ctx)]);
  const add =
    ctx.role === 'admin' ? (
      <LinkButton href="/admin/environments/new" variant="primary">
        Add environment
      </LinkButton>
    ) : null;
  return (
    <Page
      title="Environments"
      description="Each is one Salesforce org and the External Client App that Orgdock uses there."
      actions={environments.length > 0 ? add : null}
    >
      <UnfinishedDeletions deletions={deletions} />
      {environments.length === 0 ? (
        <EmptyState Icon={Server} title="No environments yet" actions={add}>
          Add Production first, then UAT and your sandboxes: every one with its own app.
        </EmptyState>
      ) : (
        <EnvironmentList environments={environments} />
      )}
    </Page>
  );
}
