import { Link2 } from 'lucide-react';
import { LinkList } from '@/components/connect-links/link-list';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { EmptyState } from '@/components/states/empty-state';
import { LinkButton } from '@/components/states/link-button';
import { listAllConnectLinks } from '@/lib/consent/links/queries';
import { requireCustodian } from '@/lib/session/context';
import { viewerOf } from '../../../viewer';
import { withdrawAnyConnectLinkAction } from './actions';

export const metadata = { title: 'Connect links' };

export default async function AllConnectLinksPage() {
  const ctx = await requireCustodian();
  const links = await listAllConnectLinks(ctx);
  return (
    <Page
      above={<BackLink href="/admin/api-keys">API keys</BackLink>}
      title="Connect links"
      description="By a link, somebody without an account gives its holder a connection. These are everybody’s of the last 30 days, the newest first, at most 100; the audit log tells of older ones."
      actions={
        <LinkButton href="/admin/audit?group=broker&period=all" variant="tertiary" prefetch={false}>
          History
        </LinkButton>
      }
    >
      {links.length === 0 ? (
        <EmptyState Icon={Link2} title="Nobody has made a connect link lately">
          Members make them on their home page, and programs with an API key at POST /api/v1/connect-links.
        </EmptyState>
      ) : (
        <div className="rounded-lg bg-surface shadow-surface">
          <LinkList
            links={links}
            viewer={viewerOf(ctx)}
            {...(ctx.role === 'admin' ? { withdraw: withdrawAnyConnectLinkAction } : {})}
          />
        </div>
      )}
    </Page>
  );
}
