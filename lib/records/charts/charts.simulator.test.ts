import { describe, expect, it } from 'vitest';
import { loadWindow } from '@/lib/records/load-window';
import { addConditions } from '@/lib/soql/filter/add-conditions';
import { parseGridState } from '@/lib/soql/grid-state';
import type { FilterGroup, GridState } from '@/lib/soql/types';
import { PRODUCTION, UAT } from '@/simulator/seed/facts';
import { dataBench, rowsOf } from '@/simulator/testing/data-service';
import { startBenchOrg } from '@/tests/bench-org';
import { listCharts, loadChart } from './load-chart';
import type { Chart } from './types';

/** The day of the data. */
const now = new Date('2026-11-22T12:00:00Z');
/** One currency, so that amounts can be added up here, too. */
const bench = dataBench(UAT, 330, 420);
const stateOf = (filter: FilterGroup | null, q = ''): GridState => ({ ...parseGridState({}), filter, q });

interface Sale {
  stage: string;
  isClosed: boolean;
  isWon: boolean;
  day: string;
  amount: number | null;
  owner: string;
}

const sales: Sale[] = rowsOf(
  bench,
  'SELECT StageName, IsClosed, IsWon, CloseDate, Amount, Owner.Name FROM Opportunity',
).map(
  ([stage, isClosed, isWon, day, amount, owner]) => ({ stage, isClosed, isWon, day, amount, owner }) as Sale,
);

const cents = (rows: readonly Sale[]) =>
  rows.reduce((sum, { amount }) => sum + Math.round((amount ?? 0) * 100), 0);

/** A chart as an object: the values of each group by the names of the measures, amounts in cents. */
function read({ groups, measures }: Chart) {
  const inCents = (value: number | null | undefined, kind: string) =>
    kind === 'currency' ? Math.round((value ?? 0) * 100) : (value ?? null);
  return groups.map(({ label, values }) => ({
    label,
    ...Object.fromEntries(measures.map(({ name, kind }, index) => [name, inCents(values[index], kind)])),
  }));
}

const BIG: FilterGroup = {
  match: 'any',
  of: [
    { field: 'Amount', operator: 'gt', values: ['20000'] },
    { field: 'StageName', operator: 'in', values: ['Prospecting', 'Closed Won'] },
  ],
};
const isBig = ({ amount, stage }: Sale) =>
  (amount ?? 0) > 20_000 || stage === 'Prospecting' || stage === 'Closed Won';

describe.each([
  ['all opportunities', null, () => true],
  ['those of a filter', BIG, isBig],
] as Array<[string, FilterGroup | null, (sale: Sale) => boolean]>)('charts of %s', (_, filter, passes) => {
  const input = { sobject: 'Opportunity', state: stateOf(filter) };
  const rows = sales.filter(passes);

  it('draw the pipeline as the open ones by stage, in the order of the stages', async () => {
    const access = await startBenchOrg(bench, 'ada');
    await loadWindow(access(), input);
    const chart = await loadChart(access(), input, { id: 'pipeline-by-stage', now });
    expect(chart).toMatchObject({ calls: 1, notices: [], converted: false });
    const stages = [
      'Prospecting',
      'Qualification',
      'Needs Analysis',
      'Value Proposition',
      'Id. Decision Makers',
    ];
    const order = [...stages, 'Perception Analysis', 'Proposal/Price Quote', 'Negotiation/Review'];
    const model = order
      .map((label) => ({ label, of: rows.filter(({ stage }) => stage === label) }))
      .filter(({ of }) => of.length > 0);
    expect(read(chart)).toEqual(
      model.map(({ label, of }) => ({ label, amount: cents(of), count: of.length })),
    );
    expect(model.length).toBeGreaterThan(3);
  });

  it('draw every month of the year behind and ahead, open, won and lost apart', async () => {
    const access = await startBenchOrg(bench, 'ada');
    const chart = await loadChart(access(), input, { id: 'amount-by-close-month', now });
    const table = read(chart);
    expect(table).toHaveLength(25);
    expect([table[0]?.label, table[12]?.label, table[24]?.label]).toEqual([
      'Nov. 2025',
      'Nov. 2026',
      'Nov. 2027',
    ]);
    for (const [index, group] of table.entries()) {
      const month = new Date(Date.UTC(2025, 10 + index, 1)).toISOString().slice(0, 7);
      const here = rows.filter(({ day }) => day.startsWith(month));
      const [open, won] = [here.filter(({ isClosed }) => !isClosed), here.filter(({ isWon }) => isWon)];
      const lost = here.filter(({ isClosed, isWon }) => isClosed && !isWon);
      expect(group).toMatchObject({
        ...{ 'money-open': cents(open), 'money-won': cents(won), 'money-lost': cents(lost) },
        ...{ 'total-open': open.length, 'total-won': won.length, 'total-lost': lost.length },
      });
    }
  });

  it('draw the share that was won of what was closed in each quarter', async () => {
    const access = await startBenchOrg(bench, 'ada');
    const table = read(await loadChart(access(), input, { id: 'win-rate', now }));
    expect(table.map(({ label }) => label)).toEqual([
      'Q1 2025',
      'Q2 2025',
      'Q3 2025',
      'Q4 2025',
      'Q1 2026',
      'Q2 2026',
      'Q3 2026',
      'Q4 2026',
    ]);
    for (const [index, group] of table.entries()) {
      const closed = rows.filter(
        ({ day, isClosed }) =>
          isClosed &&
          (Number(day.slice(0, 4)) - 2025) * 4 + Math.ceil(Number(day.slice(5, 7)) / 3) - 1 === index,
      );
      const won = closed.filter(({ isWon }) => isWon);
      const share = (part: number, whole: number) => (whole === 0 ? null : (part / whole) * 100);
      expect(group).toMatchObject({ won: won.length, closed: closed.length });
      const { rate, 'amount-rate': byAmount } = group as Record<string, unknown>;
      expect(rate).toEqual(share(won.length, closed.length));
      const expected = share(cents(won), cents(closed));
      if (expected === null) expect(byAmount).toBeNull();
      else expect(byAmount).toBeCloseTo(expected, 6);
    }
  });

  it.each([
    ['pipeline-by-stage', ['count']],
    ['amount-by-close-month', ['total-open', 'total-won', 'total-lost']],
    ['win-rate', ['closed']],
    ['by-OwnerId', ['count']],
  ])('filter the grid by a click into %s to the very rows that were counted', async (id, names) => {
    const access = await startBenchOrg(bench, 'ada');
    const { groups, measures } = await loadChart(access(), input, { id, now });
    let clicked = 0;
    for (const { conditions, values } of groups) {
      if (conditions === null) continue;
      const counted = names
        .map((name) => measures.findIndex((measure) => measure.name === name))
        .reduce((sum, index) => sum + (values[index] ?? 0), 0);
      const state = stateOf(addConditions(filter, conditions));
      const { rows: shown } = await loadWindow(access(), { ...input, state });
      expect(shown.total).toBe(counted);
      clicked += counted;
    }
    expect(clicked).toBeGreaterThan(20);
  });
});

describe('charts of accounts', () => {
  it('count each industry and the fifteen owners of most, and the search of the grid holds for them', async () => {
    const access = await startBenchOrg(bench, 'ada');
    const input = { sobject: 'Account', state: stateOf(null, 'a') };
    const { rows } = await loadWindow(access(), input);
    for (const id of ['by-Industry', 'by-OwnerId']) {
      const { groups, calls } = await loadChart(access(), input, { id, now });
      expect(calls).toBe(1);
      const counts = groups.map(({ values: [count] }) => count ?? 0);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(rows.total);
      const shown = groups
        .filter(({ conditions }) => conditions !== null)
        .map(({ values: [count] }) => count ?? 0);
      expect(shown).toEqual(shown.toSorted((one, other) => other - one));
      expect(shown.length).toBeLessThanOrEqual(16);
    }
  });

  it('name those without a value, and a click finds them', async () => {
    const access = await startBenchOrg(bench, 'ada');
    const input = { sobject: 'Account', state: stateOf(null) };
    const { groups } = await loadChart(access(), input, { id: 'by-Type', now });
    const none = groups.find(({ label }) => label.startsWith('No '));
    expect(none?.conditions).toEqual([{ field: 'Type', operator: 'empty', values: [] }]);
    const { rows } = await loadWindow(access(), {
      ...input,
      state: stateOf(addConditions(null, none?.conditions ?? [])),
    });
    expect(rows.total).toBe(none?.values[0]);
  });
});

describe('charts of what a reader does not see', () => {
  it('say that amounts are hidden by field-level security, and count', async () => {
    const access = await startBenchOrg(bench, 'franz');
    const input = { sobject: 'Opportunity', state: stateOf(null) };
    for (const id of ['pipeline-by-stage', 'amount-by-close-month', 'win-rate']) {
      const chart = await loadChart(access(), input, { id, now });
      expect(chart.notices.join()).toMatch(
        /Not visible to you: Amount exists, and field-level security hides it/,
      );
      expect(chart.soql).not.toContain('Amount');
      expect(chart.measures.map(({ kind }) => kind)).not.toContain('currency');
      expect(chart.groups.flatMap(({ values }) => values).some((value) => (value ?? 0) > 0)).toBe(true);
    }
  });

  it('are refused with the reason where there is nothing to group by', async () => {
    const access = await startBenchOrg(bench, 'ada');
    const input = { sobject: 'Opportunity', state: stateOf(null) };
    await expect(loadChart(access(), input, { id: 'by-Industry', now })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });
});

describe('the list of charts', () => {
  it.each([
    ['Opportunity', ['pipeline-by-stage', 'amount-by-close-month', 'win-rate', 'by-OwnerId']],
    ['Account', ['by-Industry', 'by-OwnerId', 'by-Type']],
  ])('of %s costs no call once the object is described', async (sobject, ids) => {
    const access = await startBenchOrg(bench, 'ada');
    const input = { sobject, state: stateOf(null) };
    await loadWindow(access(), input);
    const { charts, calls } = await listCharts(access(), input);
    expect(calls).toBe(0);
    expect(charts.map(({ id, why }) => [id, why])).toEqual(ids.map((id) => [id, null]));
  });

  it('of any other object holds its picklists, and each of them can be drawn', async () => {
    const access = await startBenchOrg(bench, 'ada');
    const input = { sobject: 'Contact', state: stateOf(null) };
    const { charts } = await listCharts(access(), input);
    expect(charts.length).toBeGreaterThan(1);
    for (const { id } of charts) {
      const { groups } = await loadChart(access(), input, { id, now });
      expect(groups.length).toBeGreaterThan(0);
    }
  });
});

describe('amounts in several currencies', () => {
  it('are said to be those of the corporate currency', async () => {
    const access = await startBenchOrg(dataBench(PRODUCTION, 60, 80), 'ada');
    const input = { sobject: 'Opportunity', state: stateOf(null) };
    const chart = await loadChart(access(), input, { id: 'pipeline-by-stage', now });
    expect(chart).toMatchObject({ converted: true, currency: 'EUR' });
  });
});
