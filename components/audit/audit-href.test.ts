import { describe, expect, it } from 'vitest';
import type { AuditFilter } from '@/lib/audit/types';
import { auditHref, isNarrowed } from './audit-href';

const filter: AuditFilter = {
  q: '',
  group: null,
  outcome: null,
  person: null,
  subject: null,
  period: '30d',
  from: '2026-01-01T00:00:00.000Z',
  to: null,
  before: null,
};

describe('auditHref', () => {
  it('says only what is asked for', () => {
    expect(auditHref(filter)).toBe('/admin/audit');
    expect(auditHref(filter, { period: 'all', q: 'a b' })).toBe('/admin/audit?q=a+b&period=all');
  });

  it('says instants only where they were chosen', () => {
    const chosen = { period: 'custom' as const, to: '2026-01-02T00:00:00.000Z' };
    expect(auditHref(filter, chosen)).toContain('from=2026-01-01T00%3A00%3A00.000Z&to=2026-01-02');
  });
});

describe('isNarrowed', () => {
  it('does not count time', () => {
    expect(isNarrowed({ ...filter, period: 'all' })).toBe(false);
    expect(isNarrowed({ ...filter, outcome: 'denied' })).toBe(true);
  });
});
