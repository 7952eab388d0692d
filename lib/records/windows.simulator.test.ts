import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RowWindow } from '@/lib/records/types';
import type { RecordsAccess } from '@/lib/records/with-records';
import { describeSobject } from '@/lib/salesforce/describe';
import type { FieldDescribe } from '@/lib/salesforce/types';
import { parseGridState } from '@/lib/soql/grid-state';
import { parseList } from '@/lib/soql/locator';
import type { GridState, SortKey } from '@/lib/soql/types';
import { UAT } from '@/simulator/seed/facts';
import { dataBench, rowsOf } from '@/simulator/testing/data-service';
import { startBenchOrg } from '@/tests/bench-org';
import { loadRows, loadRowsAt } from './load-rows';
import { loadWindow } from './load-window';

const THREE_DAYS = 3 * 86_400_000;
const KNOWN = new Set(['Account', 'Contact', 'User']);
type Cell = string | number | boolean | null;
type Row = ReadonlyMap<string, Cell>;

/** One currency, so that every amount can be compared. */
const bench = dataBench(UAT, 330, 420);
const reader = bench.user('ada');
const cache = `${bench.org.orgId} ${reader.id}`;

/** All rows as the simplest query gives them, and what each sortable field is ordered by. */
async function modelOf(access: RecordsAccess, sobject: string) {
  const { fields } = await describeSobject(access.client, sobject, cache);
  // The simulator has no merged records, and none of the other objects.
  const sortable = fields.filter(
    ({ sortable: can, name, type }) => can && name !== 'MasterRecordId' && type !== 'address',
  );
  const pathOf = ({ name, referenceTo, relationshipName }: FieldDescribe) =>
    relationshipName !== null && KNOWN.has(referenceTo[0] ?? '') ? `${relationshipName}.Name` : name;
  const paths = [...new Set(['Id', ...sortable.map(pathOf)])];
  const rows = rowsOf(bench, `SELECT ${paths.join(', ')} FROM ${sobject}`, reader).map(
    (values) => new Map(paths.map((path, index) => [path, values[index] as Cell])),
  );
  const order = (keys: readonly SortKey[]) => {
    const compares = keys.map(({ field: name, descending }) => {
      const field = sortable.find((one) => one.name === name);
      if (!field) throw new Error(`${name} is not sortable`);
      return comparing(pathOf(field), rankOf(field), descending);
    });
    const all = [...compares, comparing('Id', (value) => value, false)];
    return rows.toSorted((one, other) => all.reduce((so, compare) => so || compare(one, other), 0));
  };
  return { sortable, pathOf, order };
}

/** Text without case, picklists by their list, the rest as it stands. */
function rankOf({ type, picklistValues }: FieldDescribe) {
  const places = new Map(picklistValues.map(({ value }, index) => [value, index]));
  return (value: NonNullable<Cell>): NonNullable<Cell> => {
    if (typeof value !== 'string' || ['id', 'date', 'datetime'].includes(type)) return value;
    if (type === 'picklist' && places.size > 0) return places.get(value) ?? places.size;
    return value.toLowerCase();
  };
}

function comparing(path: string, rank: (value: NonNullable<Cell>) => NonNullable<Cell>, descending: boolean) {
  return (one: Row, other: Row): number => {
    const [left, right] = [one.get(path) ?? null, other.get(path) ?? null];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    const [a, b] = [rank(left), rank(right)];
    return a === b ? 0 : a < b === descending ? 1 : -1;
  };
}

const stateOf = (sort: readonly SortKey[]): GridState => ({ ...parseGridState({}), sort: [...sort] });
const idsOf = (rows: readonly Row[], offset: number, count: number) =>
  rows.slice(offset, offset + count).map((row) => row.get('Id'));

describe.each(['Account', 'Opportunity'])('windows of %s in any order', (sobject) => {
  it('are the rows of the sorted whole: by locator, behind an expired one, and at a value', async () => {
    const access = await startBenchOrg(bench, 'ada');
    const { sortable, order, pathOf } = await modelOf(access(), sobject);
    // From here on every describe is cached, those of the lookups' objects too.
    const columns = sortable.map(({ name }) => name);
    await loadWindow(access(), { sobject, state: { ...stateOf([]), columns } });
    const keys = fc.uniqueArray(
      fc.record({ field: fc.constantFrom(...sortable.map(({ name }) => name)), descending: fc.boolean() }),
      { minLength: 1, maxLength: 3, selector: ({ field }) => field },
    );
    let jumps = 0;
    await fc.assert(
      fc.asyncProperty(keys, fc.nat(), fc.nat(), async (sort, some, another) => {
        const input = { sobject, state: stateOf(sort) };
        const model = order(sort);
        const shown = (window: RowWindow) =>
          expect(window.ids).toEqual(idsOf(model, window.offset, window.ids.length));
        const opened = await loadWindow(access(), input);
        expect(opened.notices).toEqual([]);
        expect(opened.rows).toMatchObject({ offset: 0, total: model.length, calls: 1 });
        shown(opened.rows);
        const list = parseList(opened.rows.list ?? '');

        const offset = some % model.length;
        const byLocator = await loadRows(access(), input, { offset, list, cursor: null });
        expect(byLocator).toMatchObject({ offset, total: model.length, calls: 1, notices: [] });
        expect(byLocator.ids).toHaveLength(Math.min(200, model.length - offset));
        shown(byLocator);

        // Only orders that WHERE cannot follow have no place to go on from.
        const types = sort.map(({ field }) => sortable.find(({ name }) => name === field)?.type);
        expect(opened.rows.cursor !== null).toBe(!types.includes('picklist'));
        bench.advance(THREE_DAYS);
        const next = opened.rows.ids.length;
        const behind = await loadRows(access(), input, { offset: next, list, cursor: opened.rows.cursor });
        expect(behind).toMatchObject({ offset: next, total: model.length });
        expect(behind.notices).toHaveLength(1);
        expect(behind.ids).toHaveLength(Math.min(200, model.length - next));
        // The locator that was gone, the query, and for an order that WHERE cannot compare the rows themselves.
        expect(behind.calls).toBe(opened.rows.cursor === null ? 3 : 2);
        shown(behind);

        if (opened.jump === null) return;
        const first = sortable.find(({ name }) => name === opened.jump?.field);
        const path = first ? pathOf(first) : 'Id';
        const value = model[another % model.length]?.get(path) ?? null;
        if (value === null || value === '') return;
        const at = await loadRowsAt(access(), input, { value: String(value) });
        expect(at).toMatchObject({ total: model.length, calls: 1 });
        expect(at.jumpedTo).toBe(model.findIndex((row) => isSame(row.get(path), value)));
        shown(at);
        jumps += 1;
        const last = at.offset + at.ids.length;
        if (last === model.length) return;
        const on = await loadRows(access(), input, {
          offset: last,
          list: parseList(at.list ?? ''),
          cursor: null,
        });
        expect(on).toMatchObject({ offset: last, total: model.length, calls: 1 });
        shown(on);
      }),
      { numRuns: 40 },
    );
    expect(jumps).toBeGreaterThan(0);
  }, 60_000);
});

/** Text that differs only by case stands together. */
function isSame(one: Cell | undefined, other: Cell): boolean {
  const key = (cell: Cell | undefined) => (typeof cell === 'string' ? cell.toLowerCase() : cell);
  return key(one) === key(other);
}
