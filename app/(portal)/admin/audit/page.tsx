import { AuditExport } from '@/components/audit/audit-export';
import { AuditFilters } from '@/components/audit/audit-filters';
import { AuditHistogram } from '@/components/audit/audit-histogram';
import { auditHref, isNarrowed } from '@/components/audit/audit-href';
import { AuditList } from '@/components/audit/audit-list';
import { ChainPanel } from '@/components/audit/chain/chain-panel';
import { RetentionForm } from '@/components/audit/chain/retention-form';
import { Page } from '@/components/shell/page';
import { parseAuditFilter } from '@/lib/audit/log/filter';
import { GROUPS } from '@/lib/audit/log/groups';
import { getAuditHistogram, getAuditState, listAuditPeople, listAuditRows } from '@/lib/audit/log/queries';
import { requireCustodian } from '@/lib/session/context';
import { viewerOf } from '../../viewer';
import { setAuditRetentionAction } from './actions';

export const metadata = { title: 'Audit log' };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function AuditPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireCustodian();
  const filter = parseAuditFilter(await searchParams);
  const viewer = viewerOf(ctx);
  const [page, histogram, state, people] = await Promise.all([
    listAuditRows(ctx, filter),
    getAuditHistogram(ctx, filter, viewer.timeZone),
    getAuditState(ctx),
    listAuditPeople(ctx),
  ]);
  return (
    <Page
      wide
      title="Audit log"
      description="Who did what, when and from where. Nobody can change an entry unnoticed: within seconds each is sealed into a chain."
      actions={<AuditExport filter={filter} total={histogram.total} />}
    >
      <div className="space-y-6">
        <ChainPanel state={state} viewer={viewer} />
        <AuditFilters filter={filter} people={people} groups={GROUPS} viewer={viewer} />
        <AuditHistogram histogram={histogram} filter={filter} viewer={viewer} />
        <AuditList
          page={page}
          viewer={viewer}
          isOlder={filter.before !== null}
          narrowed={isNarrowed(filter)}
          newestHref={auditHref(filter, { before: null })}
          olderHref={page.next === null ? null : auditHref(filter, { before: page.next })}
        />
        <RetentionForm
          days={state.retentionDays}
          set={ctx.role === 'admin' ? setAuditRetentionAction : null}
        />
      </div>
    </Page>
  );
}
