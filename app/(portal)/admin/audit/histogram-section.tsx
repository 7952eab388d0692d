import { AuditHistogram } from '@/components/audit/audit-histogram';
import type { Viewer } from '@/components/states/instant';
import { getAuditHistogram } from '@/lib/audit/log/queries';
import type { AuditFilter } from '@/lib/audit/types';
import type { PersonContext } from '@/lib/context';

interface HistogramSectionProps {
  ctx: PersonContext;
  filter: AuditFilter;
  viewer: Viewer;
}

/** Counts every entry of the filter, which may take longer than to show the newest. */
export async function HistogramSection({ ctx, filter, viewer }: HistogramSectionProps) {
  const histogram = await getAuditHistogram(ctx, filter, viewer.timeZone);
  return <AuditHistogram histogram={histogram} filter={filter} viewer={viewer} />;
}
