import { Suspense } from 'react';
import { AuditExport } from '@/components/audit/audit-export';
import { AuditFilters } from '@/components/audit/audit-filters';
import { HistogramFrame } from '@/components/audit/audit-histogram';
import { auditHref, isNarrowed } from '@/components/audit/audit-href';
import { AuditList } from '@/components/audit/audit-list';
import { ChainPanel } from '@/components/audit/chain/chain-panel';
import { RetentionForm } from '@/components/audit/chain/retention-form';
import { Page } from '@/components/shell/page';
import { parseAuditFilter } from '@/lib/audit/log/filter';
import { GROUPS } from '@/lib/audit/log/groups';
import { getAuditState, listAuditPeople, listAuditRows } from '@/lib/audit/log/queries';
import { requireCustodian } from '@/lib/session/context';
import { viewerOf } from '../../viewer';
import { setAuditRetentionAction } from './actions';
import { HistogramSection } from './histogram-section';

export const metadata = { title: 'Audit log' };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function AuditPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireCustodian();
  const filter = parseAuditFilter(await searchParams);
  const viewer = viewerOf(ctx);
  const [page, state, people] = await Promise.all([
    listAuditRows(ctx, filter),
    getAuditState(ctx),
    listAuditPeople(ctx),
  ]);
  return (
    <Page
      wide
      title="Audit log"
      description="Who did what, when and from where. Nobody can change an entry unnoticed: within seconds each is sealed into a chain."
      actions={page.rows.length > 0 ? <AuditExport filter={filter} /> : null}
    >
      <div className="space-y-6">
        <ChainPanel state={state} viewer={viewer} />
        <AuditFilters filter={filter} people={people} groups={GROUPS} viewer={viewer} />
        {page.rows.length > 0 ? (
          <Suspense key={JSON.stringify(filter)} fallback={<HistogramFrame busy />}>
            <HistogramSection ctx={ctx} filter={filter} viewer={viewer} />
          </Suspense>
        ) : null}
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
