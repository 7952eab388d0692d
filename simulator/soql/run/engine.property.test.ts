import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataBench, rowsOf } from '@/simulator/testing/data-service';

const bench = dataBench(undefined, 300, 500);

type Cell = string | number | boolean | null;
type Row = Record<string, Cell>;

const FIELDS = {
  Name: 'text',
  Phone: 'text',
  BillingCity: 'text',
  NumberOfEmployees: 'number',
  BillingLatitude: 'number',
  LastActivityDate: 'date',
  IsDeleted: 'boolean',
  'Owner.Name': 'text',
} as const;
type FieldName = keyof typeof FIELDS;
const names = Object.keys(FIELDS) as FieldName[];

const selected = ['Id', ...names];
const everything: Row[] = rowsOf(bench, `SELECT ${selected.join(', ')} FROM Account`).map((values) =>
  Object.fromEntries(selected.map((name, index) => [name, values[index] as Cell])),
);

/** A value that occurs, or nearly does. */
function seenValue(name: FieldName): fc.Arbitrary<Cell> {
  const seen = everything.map((row) => row[name] ?? null).filter((cell) => cell !== null);
  return fc.constantFrom(...seen);
}

function quote(name: FieldName, value: Cell): string {
  if (value === null) return 'null';
  if (FIELDS[name] !== 'text') return String(value);
  return `'${String(value).replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
}

interface Filter {
  soql: string;
  test: (row: Row) => boolean;
}

function lower(cell: Cell): Cell {
  return typeof cell === 'string' ? cell.toLowerCase() : cell;
}

const comparison: fc.Arbitrary<Filter> = fc.constantFrom(...names).chain((name) => {
  const kind = FIELDS[name];
  const operators = kind === 'boolean' ? ['=', '!='] : ['=', '!=', '<', '<=', '>', '>='];
  return fc.tuple(fc.constantFrom(...operators), seenValue(name)).map(([operator, value]) => ({
    soql: `${name} ${operator} ${quote(name, value)}`,
    test: (row: Row) => {
      const cell = row[name] ?? null;
      if (operator === '=') return lower(cell) === lower(value);
      if (operator === '!=') return lower(cell) !== lower(value);
      if (cell === null || value === null) return false;
      const key = (one: Cell) => (typeof one === 'string' ? one.toLowerCase() : Number(one));
      const [left, right] = [key(cell), key(value)];
      if (operator === '<') return left < right;
      if (operator === '<=') return left <= right;
      return operator === '>' ? left > right : left >= right;
    },
  }));
});

const nullTest: fc.Arbitrary<Filter> = fc
  .constantFrom<FieldName>('Phone', 'NumberOfEmployees', 'LastActivityDate')
  .map((name) => ({ soql: `${name} = null`, test: (row) => row[name] === null }));

const like: fc.Arbitrary<Filter> = fc
  .tuple(
    fc.constantFrom<FieldName>('Name', 'BillingCity', 'Owner.Name'),
    fc.constantFrom('e', 'ar', 'gm', 'ö', ' '),
    fc.nat(2),
  )
  .map(([name, part, place]) => {
    const pattern = [`${part}%`, `%${part}`, `%${part}%`][place] ?? '';
    return {
      soql: `${name} LIKE '${pattern}'`,
      test: (row: Row) => {
        const text = String(row[name] ?? '').toLowerCase();
        if (place === 0) return text.startsWith(part);
        return place === 1 ? text.endsWith(part) : text.includes(part);
      },
    };
  });

const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 2 },
    comparison,
    nullTest,
    like,
    fc.tuple(fc.boolean(), fc.array(tie('filter'), { minLength: 2, maxLength: 3 })).map(([all, parts]) => ({
      soql: `(${parts.map(({ soql }) => `(${soql})`).join(all ? ' AND ' : ' OR ')})`,
      test: (row: Row) => (all ? parts.every(({ test }) => test(row)) : parts.some(({ test }) => test(row))),
    })),
    tie('filter').map(({ soql, test }) => ({ soql: `(NOT (${soql}))`, test: (row: Row) => !test(row) })),
  ),
}));

const sorting = fc.record({
  name: fc.constantFrom(...names),
  descending: fc.boolean(),
  nullsLast: fc.boolean(),
});

function compareCells(left: Cell, right: Cell): number {
  const key = (cell: Cell) => (typeof cell === 'string' ? cell.toLowerCase() : Number(cell));
  const [a, b] = [key(left), key(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

describe('the engine beside a plain filter and sort', () => {
  it('gives the same rows in the same order', () => {
    fc.assert(
      fc.property(
        filter,
        fc.array(sorting, { maxLength: 3 }),
        fc.nat(400),
        fc.nat(50),
        (where, keys, limit, offset) => {
          const order = [
            ...keys.map(({ name, descending, nullsLast }) => {
              return `${name} ${descending ? 'DESC' : 'ASC'} NULLS ${nullsLast ? 'LAST' : 'FIRST'}`;
            }),
            'Id',
          ];
          const soql = `SELECT Id FROM Account WHERE ${where.soql} ORDER BY ${order.join(', ')} LIMIT ${limit} OFFSET ${offset}`;
          const expected = everything.filter(where.test).sort((left, right) => {
            for (const { name, descending, nullsLast } of keys) {
              const [a, b] = [left[name] ?? null, right[name] ?? null];
              if (a === null && b === null) continue;
              if (a === null || b === null) return (a === null) === nullsLast ? 1 : -1;
              const result = compareCells(a, b);
              if (result !== 0) return descending ? -result : result;
            }
            return String(left.Id) < String(right.Id) ? -1 : 1;
          });
          const ids = rowsOf(bench, soql).map(([id]) => id);
          expect(ids).toEqual(expected.slice(offset, offset + limit).map((row) => row.Id));
        },
      ),
      { numRuns: 300 },
    );
  });
});
