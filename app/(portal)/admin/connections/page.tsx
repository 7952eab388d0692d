import { KeyRound, ShieldAlert } from 'lucide-react';
import { GrantFilters } from '@/components/grants/grant-filters';
import { GrantTable } from '@/components/grants/grant-table';
import { ListPages } from '@/components/grants/list-pages';
import { SpooledAnswers } from '@/components/grants/spooled-answers';
import { StrayGrants } from '@/components/grants/stray-grants';
import { Page } from '@/components/shell/page';
import { EmptyState } from '@/components/states/empty-state';
import { LinkButton } from '@/components/states/link-button';
import { listGrants } from '@/lib/connections/custody/list-grants';
import { listSpooledAnswers, listStrayGrants } from '@/lib/connections/custody/queries';
import { parseGrantList } from '@/lib/connections/custody/schema';
import { listEnvironmentNames } from '@/lib/environments/queries';
import { requireCustodian } from '@/lib/session/context';
import { viewerOf } from '../../viewer';
import { AlertsSection } from './alerts-section';

export const metadata = { title: 'All connections' };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function GrantsPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireCustodian();
  const state = parseGrantList(await searchParams);
  const [list, environments, strays, spooled] = await Promise.all([
    listGrants(ctx, state),
    listEnvironmentNames(ctx),
    listStrayGrants(ctx),
    listSpooledAnswers(ctx),
  ]);
  const viewer = viewerOf(ctx);
  const filtered = state.q !== '' || state.environment !== null || state.health !== null;
  return (
    <Page
      wide
      title="All connections"
      description="Every grant that Orgdock holds, whosever it is. Tokens are never shown, nobody reads records from here, and that you looked is in the audit log."
      actions={
        <>
          <LinkButton href="/admin/connections/reviews">Access reviews</LinkButton>
          <LinkButton href="/admin/connections/breach" variant="danger-soft">
            <ShieldAlert aria-hidden="true" />
            Tokens may have leaked
          </LinkButton>
        </>
      }
    >
      <AlertsSection ctx={ctx} viewer={viewer} />
      <div className="space-y-4">
        <GrantFilters key={JSON.stringify(state)} state={state} environments={environments} />
        {list.total > 0 ? (
          <GrantTable grants={list.grants} state={state} viewer={viewer} />
        ) : (
          <EmptyState
            Icon={KeyRound}
            title={filtered ? 'No grant fits' : 'No grants yet'}
            actions={
              filtered ? <LinkButton href="/admin/connections">Clear search and filters</LinkButton> : null
            }
          >
            {filtered
              ? 'Look for a part of a name, a username or an org id.'
              : 'They come when people connect their orgs.'}
          </EmptyState>
        )}
        <ListPages state={state} page={list.page} pages={list.pages} total={list.total} />
      </div>
      <div className="mt-8 space-y-6">
        <StrayGrants strays={strays} viewer={viewer} />
        <SpooledAnswers answers={spooled} viewer={viewer} />
      </div>
    </Page>
  );
}
