import { describe, expect, it } from 'vitest';
import { parseAuditFilter } from './filter';

const now = new Date('2026-03-31T12:00:00Z');

describe('parseAuditFilter', () => {
  it('asks for the last 30 days where nothing is said', () => {
    expect(parseAuditFilter({}, now)).toEqual({
      q: '',
      group: null,
      outcome: null,
      person: null,
      subject: null,
      period: '30d',
      from: '2026-03-01T12:00:00.000Z',
      to: null,
      before: null,
    });
  });

  it('takes chosen instants for more than a period', () => {
    const chosen = parseAuditFilter({ period: '7d', to: '2026-03-02T00:00:00Z' }, now);
    expect(chosen).toMatchObject({ period: 'custom', from: null, to: '2026-03-02T00:00:00Z' });
    expect(parseAuditFilter({ period: 'all' }, now)).toMatchObject({ period: 'all', from: null });
  });

  it('does not take what it does not understand', () => {
    const wild = {
      q: 'x'.repeat(500),
      group: 'toString',
      outcome: ['done', 'denied'],
      person: "' OR 1",
      subject: '',
      period: '1 day',
      from: 'yesterday',
      before: '1_2; DROP',
    };
    expect(parseAuditFilter(wild, now)).toEqual({ ...parseAuditFilter({}, now), outcome: 'done' });
  });
});
