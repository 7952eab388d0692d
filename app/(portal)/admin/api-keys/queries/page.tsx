import { Plus } from 'lucide-react';
import { QueryList } from '@/components/named-queries/query-list';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { LinkButton } from '@/components/states/link-button';
import { listNamedQueries } from '@/lib/broker/named-queries/queries';
import { requireCustodian } from '@/lib/session/context';

export const metadata = { title: 'Named queries' };

export default async function NamedQueriesPage() {
  const ctx = await requireCustodian();
  const queries = await listNamedQueries(ctx);
  return (
    <Page
      above={<BackLink href="/admin/api-keys">API keys</BackLink>}
      title="Named queries"
      description="Programs run them by name, with typed parameters. A key for named queries only can read what they say and nothing else."
      actions={
        ctx.role === 'admin' ? (
          <LinkButton href="/admin/api-keys/queries/new" variant="primary">
            <Plus aria-hidden="true" />
            New query
          </LinkButton>
        ) : null
      }
    >
      <QueryList queries={queries} />
    </Page>
  );
}
