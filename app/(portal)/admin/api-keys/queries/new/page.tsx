import { QueryForm } from '@/components/named-queries/query-form';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { requireAdmin } from '@/lib/session/context';
import { createQueryAction, inspectQueryAction } from '../actions';

export const metadata = { title: 'New named query' };

export default async function NewQueryPage() {
  await requireAdmin();
  return (
    <Page above={<BackLink href="/admin/api-keys/queries">Named queries</BackLink>} title="New named query">
      <div className="max-w-3xl rounded-xl bg-surface p-5 shadow-surface sm:p-7">
        <QueryForm action={createQueryAction} inspect={inspectQueryAction} />
      </div>
    </Page>
  );
}
