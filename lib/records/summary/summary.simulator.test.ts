import { describe, expect, it } from 'vitest';
import { loadWindow } from '@/lib/records/load-window';
import { parseGridState } from '@/lib/soql/grid-state';
import type { FilterGroup } from '@/lib/soql/types';
import { PRODUCTION, UAT } from '@/simulator/seed/facts';
import { dataBench, rowsOf } from '@/simulator/testing/data-service';
import { startBenchOrg } from '@/tests/bench-org';
import { loadSummary } from './load-summary';

const bench = dataBench(UAT, 330, 420);
const OPEN: FilterGroup = { match: 'all', of: [{ field: 'IsClosed', operator: 'eq', values: ['false'] }] };
const NOBODY: FilterGroup = { match: 'all', of: [{ field: 'Amount', operator: 'lt', values: ['-1'] }] };
const inputOf = (fields: string[], filter: FilterGroup | null) => ({
  sobject: 'Opportunity',
  state: { ...parseGridState({}), filter },
  fields,
});

describe('the summary of a whole filter', () => {
  it.each([
    ['everything', null, ''],
    ['a filter', OPEN, ' WHERE IsClosed = false'],
  ] as Array<[string, FilterGroup | null, string]>)(
    'of %s is that of all its rows, in one call',
    async (_, filter, where) => {
      const access = await startBenchOrg(bench, 'ada');
      const input = inputOf(['Amount', 'Probability', 'CloseDate'], filter);
      const { rows: window } = await loadWindow(access(), input);
      const summary = await loadSummary(access(), input);
      expect(summary).toMatchObject({ calls: 1, rows: window.total, left: [], converted: false });
      const rows = rowsOf(bench, `SELECT Amount, Probability, CloseDate FROM Opportunity${where}`);
      const column = (index: number) =>
        rows.map((row) => row[index]).filter((value) => value !== null && value !== undefined) as number[];
      for (const [index, name] of ['Amount', 'Probability'].entries()) {
        const values = column(index);
        const sum = values.reduce((total, value) => total + value, 0);
        const found = summary.columns[index];
        expect(found).toMatchObject({ name, filled: values.length });
        if (name === 'Amount') expect(found?.sum).toBeCloseTo(sum, 2);
        else expect(found?.sum).toBeNull();
        expect(found?.average).toBeCloseTo(sum / values.length, 6);
        expect([found?.smallest, found?.largest]).toEqual([Math.min(...values), Math.max(...values)]);
      }
      const days = column(2).map(String).toSorted();
      expect(summary.columns[2]).toMatchObject({
        ...{ name: 'CloseDate', kind: 'date', filled: days.length, sum: null, average: null },
        ...{ smallest: days[0], largest: days.at(-1) },
      });
    },
  );

  it('of no rows has no sums, not a sum of nothing', async () => {
    const access = await startBenchOrg(bench, 'ada');
    const { rows, columns } = await loadSummary(access(), inputOf(['Amount'], NOBODY));
    expect(rows).toBe(0);
    expect(columns[0]).toMatchObject({ filled: 0, sum: null, average: null, smallest: null, largest: null });
  });

  it('says what is left out, and why', async () => {
    const access = await startBenchOrg(bench, 'franz');
    const fields = ['CloseDate', 'Amount', 'Name', 'Account.AnnualRevenue'];
    const { columns, left, soql } = await loadSummary(access(), inputOf(fields, null));
    expect(columns.map(({ name }) => name)).toEqual(['CloseDate']);
    expect(left.map(({ why }) => why)).toEqual([
      expect.stringContaining('field-level security hides it'),
      expect.stringContaining('no numbers'),
      expect.stringContaining('parent records'),
    ]);
    expect(soql).not.toContain('Amount');
    await expect(loadSummary(access(), inputOf(['Amount'], null))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      nextStep: expect.stringContaining('field-level security'),
    });
  });

  it('says that several currencies were converted into the corporate one', async () => {
    const access = await startBenchOrg(dataBench(PRODUCTION, 60, 80), 'ada');
    expect(await loadSummary(access(), inputOf(['Amount'], null))).toMatchObject({
      converted: true,
      currency: 'EUR',
    });
  });
});
