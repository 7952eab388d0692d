import type { AuditFilter } from '@/lib/audit/types';

const PATH = '/admin/audit';

/** The query of a view of the log, without what is as it is anyway. */
export function auditQuery(filter: AuditFilter, changes: Partial<AuditFilter> = {}): URLSearchParams {
  const { period, from, to, ...rest } = { ...filter, ...changes };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(rest)) if (value) query.set(name, value);
  if (period === 'custom') {
    if (from) query.set('from', from);
    if (to) query.set('to', to);
  } else if (period !== '30d') {
    query.set('period', period);
  }
  return query;
}

/** The address of another view of the log. */
export function auditHref(filter: AuditFilter, changes: Partial<AuditFilter> = {}): string {
  const query = auditQuery(filter, changes);
  return query.size === 0 ? PATH : `${PATH}?${query}`;
}

/** Whether the filter leaves entries out, apart from their age. */
export function isNarrowed({ q, group, outcome, person, subject }: AuditFilter): boolean {
  return q !== '' || [group, outcome, person, subject].some((value) => value !== null);
}
