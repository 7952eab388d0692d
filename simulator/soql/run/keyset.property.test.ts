import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { UAT } from '@/simulator/seed/facts';
import { type DataBench, dataBench, jsonOf, rowsOf } from '@/simulator/testing/data-service';
import type { SimUser } from '@/simulator/types';

const ROOT = '/services/data/v66.0';
/** One currency: amounts are sorted by the numbers that they show. */
const bench = dataBench(UAT, 450, 20);

type Cell = string | number | boolean | null;

interface Page {
  nextRecordsUrl?: string;
  records: { Id: string }[];
}

interface Sort {
  readonly field: string;
  readonly descending: boolean;
  readonly nullsLast: boolean;
}

const PLAIN = new Set(['int', 'double', 'currency', 'date', 'datetime', 'boolean']);

function quoted(text: string): string {
  return `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\n/g, '\\n').replace(/\r/g, '\\r')}'`;
}

function sortedField(name: string) {
  const [relation, last] = name.includes('.') ? name.split('.') : ['', name];
  const table = bench.service.data.table(relation === 'Owner' ? 'User' : 'Account');
  const field = table?.field(last ?? '');
  if (!field) throw new Error(`no ${name}`);
  return field;
}

/** What comes behind a value that is not null; lists and checkboxes know no `>`. */
function behind({ field, descending }: Sort, value: Cell): string {
  const { type, picklist } = sortedField(field);
  if (type === 'boolean') return `${field} = ${!descending} AND ${field} != ${value}`;
  if (type === 'picklist') {
    const values = picklist.map((entry) => entry.value);
    const at = values.indexOf(String(value));
    const later = descending ? values.slice(0, at) : values.slice(at + 1);
    return later.length > 0 ? `${field} IN (${later.map(quoted).join(', ')})` : 'Id = null';
  }
  const literal = PLAIN.has(type) ? String(value) : quoted(String(value));
  return `${field} ${descending ? '<' : '>'} ${literal}`;
}

function keyset(sort: Sort, value: Cell, id: string): string {
  const { field, nullsLast } = sort;
  if (value === null) {
    const rest = `(${field} = null AND Id > '${id}')`;
    return nullsLast ? rest : `(${rest} OR ${field} != null)`;
  }
  const { type } = sortedField(field);
  const literal = PLAIN.has(type) ? String(value) : quoted(String(value));
  const nulls = nullsLast && type !== 'boolean' ? ` OR ${field} = null` : '';
  return `((${behind(sort, value)}) OR (${field} = ${literal} AND Id > '${id}')${nulls})`;
}

function orderBy({ field, descending, nullsLast }: Sort): string {
  return `ORDER BY ${field} ${descending ? 'DESC' : 'ASC'} NULLS ${nullsLast ? 'LAST' : 'FIRST'}, Id ASC`;
}

function walk(on: DataBench, user: SimUser, sort: Sort, size: number): unknown[] {
  const select = sort.field === 'Id' ? 'Id' : `Id, ${sort.field}`;
  const ids: unknown[] = [];
  let where = '';
  for (;;) {
    const page = rowsOf(on, `SELECT ${select} FROM Account ${where} ${orderBy(sort)} LIMIT ${size}`, user);
    ids.push(...page.map(([id]) => id));
    const last = page.at(-1);
    if (!last || page.length < size || ids.length > 1_000) return ids;
    where = `WHERE ${keyset(sort, last.at(-1) as Cell, String(last[0]))}`;
  }
}

async function byLocator(on: DataBench, user: SimUser, sort: Sort): Promise<unknown[]> {
  const options = { user, headers: { 'sforce-query-options': 'batchSize=200' } };
  const ids: unknown[] = [];
  let url: string | undefined =
    `${ROOT}/query?q=${encodeURIComponent(`SELECT Id FROM Account ${orderBy(sort)}`)}`;
  while (url) {
    const page: Page = jsonOf<Page>(await on.get(url, options));
    ids.push(...page.records.map(({ Id }) => Id));
    url = page.nextRecordsUrl;
  }
  return ids;
}

function whole(on: DataBench, user: SimUser, sort: Sort): unknown[] {
  return rowsOf(on, `SELECT Id FROM Account ${orderBy(sort)}`, user).map(([id]) => id);
}

const own = bench.service.data.table('Account')?.definition.fields ?? [];
const sortable = own.filter(({ flags, name }) => flags.includes('s') && flags.includes('f') && name !== 'Id');
const sorts = fc.record({
  field: fc.constantFrom(
    ...sortable.map(({ name }) => name),
    'Owner.Name',
    'Owner.Username',
    'Parent.Name',
    'Parent.AnnualRevenue',
    'Parent.CreatedDate',
  ),
  descending: fc.boolean(),
  nullsLast: fc.boolean(),
});

afterEach(() => {
  bench.org.filled.clear();
});

describe('walking through all rows', () => {
  it('meets each row once, by keyset and by locator, in the order of one whole query', async () => {
    await fc.assert(
      fc.asyncProperty(sorts, fc.integer({ min: 7, max: 160 }), fc.boolean(), async (sort, size, german) => {
        const hidden = german && sort.field.includes('AnnualRevenue');
        const user = bench.user(german && !hidden ? 'franz' : 'ada');
        const all = whole(bench, user, sort);
        expect(new Set(all).size).toBe(450);
        expect(walk(bench, user, sort, size)).toEqual(all);
        expect(await byLocator(bench, user, sort)).toEqual(all);
      }),
      { numRuns: 60 },
    );
  });

  it.each([true, false])('meets hundreds of equal names once each (descending: %s)', async (descending) => {
    const sort = { field: 'Name', descending, nullsLast: true };
    const user = bench.user('ada');
    whole(bench, user, sort);
    bench.org.filled.set('Account.Name', 'The same');
    const ids = rowsOf(bench, 'SELECT Id FROM Account').map(([id]) => id);
    expect(whole(bench, user, sort)).toEqual(ids);
    expect(walk(bench, user, sort, 30)).toEqual(ids);
    expect(await byLocator(bench, user, sort)).toEqual(ids);
  });
});
