import { Plus } from 'lucide-react';
import { KeyList } from '@/components/api-keys/list/key-list';
import { Page } from '@/components/shell/page';
import { LinkButton } from '@/components/states/link-button';
import { listKeys } from '@/lib/broker/keys/queries';
import { parseKeyList } from '@/lib/broker/keys/schema';
import { listEnvironments } from '@/lib/environments/queries';
import { requireCustodian } from '@/lib/session/context';
import { viewerOf } from '../../viewer';

export const metadata = { title: 'API keys' };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function ApiKeysPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireCustodian();
  const { page, ...state } = parseKeyList(await searchParams);
  const [list, environments] = await Promise.all([listKeys(ctx, { ...state, page }), listEnvironments(ctx)]);
  return (
    <Page
      wide
      title="API keys"
      description="Every key of the portal, whosever it is. Each acts as its owner. You can take away from a key of somebody else and revoke it, and make keys of your own only."
      actions={
        <>
          <LinkButton href="/api-reference" variant="tertiary">
            API reference
          </LinkButton>
          <LinkButton href="/admin/api-keys/links" variant="secondary">
            Connect links
          </LinkButton>
          <LinkButton href="/admin/api-keys/queries" variant="secondary">
            Named queries
          </LinkButton>
          {ctx.role === 'admin' ? (
            <LinkButton href="/admin/api-keys/new" variant="primary">
              <Plus aria-hidden="true" />
              New key
            </LinkButton>
          ) : null}
        </>
      }
    >
      <KeyList
        list={list}
        state={state}
        environments={environments.map(({ id, name }) => ({ id, name }))}
        viewer={viewerOf(ctx)}
      />
    </Page>
  );
}
