import { Server } from 'lucide-react';
import { AppIsAMust } from '@/components/environments/app-is-a-must';
import { UnfinishedDeletions } from '@/components/environments/deletion/unfinished-deletions';
import { EnvironmentSearch } from '@/components/environments/overview/environment-search';
import { EnvironmentTable } from '@/components/environments/overview/environment-table';
import { matchesSearch } from '@/components/environments/overview/matches-search';
import { ExportEnvironments } from '@/components/environments/transfer/export-environments';
import { Page } from '@/components/shell/page';
import { EmptyState } from '@/components/states/empty-state';
import { LinkButton } from '@/components/states/link-button';
import { listUnfinishedDeletions } from '@/lib/custody/environment-deletion/queries';
import { listEnvironmentOverviews } from '@/lib/custody/environment-overview/queries';
import { ARTICLES } from '@/lib/doctor/catalogue/articles';
import { requireCustodian } from '@/lib/session/context';
import { viewerOf } from '../../viewer';
import { moveEnvironmentAction } from './list-actions';

export const metadata = { title: 'Environments' };

/** From here on a list is searched, not read. */
const FEW = 8;

export default async function EnvironmentsPage(props: { searchParams: Promise<{ q?: string | string[] }> }) {
  const ctx = await requireCustodian();
  const { q } = await props.searchParams;
  const [all, deletions] = await Promise.all([listEnvironmentOverviews(ctx), listUnfinishedDeletions(ctx)]);
  const search = typeof q === 'string' ? q.slice(0, 200).trim() : '';
  const environments = all.filter((environment) => matchesSearch(environment, search));
  const isAdmin = ctx.role === 'admin';
  const add = isAdmin ? (
    <>
      <LinkButton href="/admin/environments/import" variant="secondary">
        Import
      </LinkButton>
      <LinkButton href="/admin/environments/new" variant="primary">
        Add environment
      </LinkButton>
    </>
  ) : null;
  return (
    <Page
      wide
      title="Environments"
      description="Each is one Salesforce org and the External Client App that Orgdock uses there."
      actions={
        all.length > 0 ? (
          <>
            <ExportEnvironments slug={null} />
            {add}
          </>
        ) : null
      }
    >
      <UnfinishedDeletions deletions={deletions} />
      {all.length > FEW || search ? <EnvironmentSearch q={search} /> : null}
      {all.length === 0 ? (
        <EmptyState Icon={Server} title="No environments yet" actions={add}>
          <p>Add Production first, then UAT and your sandboxes: every one with its own app.</p>
          <AppIsAMust article={ARTICLES.externalClientApps} />
        </EmptyState>
      ) : environments.length === 0 ? (
        <p role="status">No environment has “{search}” in its name, address or consumer key.</p>
      ) : (
        <EnvironmentTable
          environments={environments}
          viewer={viewerOf(ctx)}
          move={isAdmin && search === '' ? moveEnvironmentAction : null}
        />
      )}
    </Page>
  );
}
