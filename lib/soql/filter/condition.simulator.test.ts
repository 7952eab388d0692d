import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isGroup } from '@/lib/soql/filter-text';
import type { FilterCondition, FilterGroup } from '@/lib/soql/types';
import { dataBench, rowsOf } from '@/simulator/testing/data-service';
import { filterCondition } from './condition';

const bench = dataBench(undefined, 300, 200);
const reader = bench.user('ada');
const ZONE = 'America/New_York';

type Cell = string | number | boolean | null;
type Row = Record<string, Cell>;

const TYPES = {
  Name: 'string',
  Phone: 'phone',
  Industry: 'picklist',
  BillingCity: 'string',
  NumberOfEmployees: 'int',
  BillingLatitude: 'double',
  LastActivityDate: 'date',
  CreatedDate: 'datetime',
  IsDeleted: 'boolean',
  OwnerId: 'reference',
  'Owner.Name': 'string',
} as const;
type Name = keyof typeof TYPES;

const selected = ['Id', ...Object.keys(TYPES)];
const everything: Row[] = rowsOf(bench, `SELECT ${selected.join(', ')} FROM Account`).map((values) =>
  Object.fromEntries(selected.map((name, index) => [name, values[index] as Cell])),
);

const inZone = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, dateStyle: 'short' });

/** The plain meaning of one condition, with the nulls of SOQL: unequal to every value, and neither before nor after. */
function holds(row: Row, { field, operator, values }: FilterCondition): boolean {
  const cell = row[field] ?? null;
  if (operator === 'empty') return cell === null;
  if (operator === 'notEmpty') return cell !== null;
  const known = keyOf(field as Name, cell);
  const wanted = values.map((value) => keyOf(field as Name, value));
  const [first = '', second = ''] = wanted;
  switch (operator) {
    case 'isMe':
      return cell === reader.id;
    case 'eq':
    case 'in':
      return known !== null && wanted.includes(known);
    case 'ne':
    case 'notIn':
      return known === null || !wanted.includes(known);
    case 'contains':
      return known !== null && String(known).includes(String(first));
    case 'notContains':
      return known === null || !String(known).includes(String(first));
    case 'startsWith':
      return known !== null && String(known).startsWith(String(first));
    default:
  }
  if (known === null || first === null || second === null) return false;
  if (operator === 'lt') return known < first;
  if (operator === 'lte') return known <= first;
  if (operator === 'gt') return known > first;
  if (operator === 'gte') return known >= first;
  return known >= first && known <= second;
}

function keyOf(name: Name, cell: Cell): string | number | null {
  if (cell === null) return null;
  const type = TYPES[name];
  if (type === 'int' || type === 'double') return Number(cell);
  if (type === 'datetime') return String(cell).length === 10 ? String(cell) : inZone.format(instantOf(cell));
  return String(cell).toLowerCase();
}

function instantOf(cell: Cell): Date {
  return new Date(String(cell).replace(/\+0000$/, 'Z'));
}

function matches(row: Row, part: FilterCondition | FilterGroup): boolean {
  if (!isGroup(part)) return holds(row, part);
  return part.match === 'all'
    ? part.of.every((one) => matches(row, one))
    : part.of.some((one) => matches(row, one));
}

/** A value that occurs, as the URL would hold it. */
function seenValue(name: Name): fc.Arbitrary<string> {
  const seen = everything.map((row) => row[name] ?? null).filter((cell) => cell !== null);
  const texts = seen.map((cell) =>
    TYPES[name] === 'datetime' ? inZone.format(instantOf(cell)) : String(cell),
  );
  return texts.length > 0 ? fc.constantFrom(...texts) : fc.constant('2026-01-01');
}

const ORDER = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte'] as const;

const condition: fc.Arbitrary<FilterCondition> = fc
  .constantFrom(...(Object.keys(TYPES) as Name[]))
  .chain((name): fc.Arbitrary<FilterCondition> => {
    const type = TYPES[name];
    const value = seenValue(name);
    const one = (operators: readonly FilterCondition['operator'][], values = value) =>
      fc.record({
        field: fc.constant<string>(name),
        operator: fc.constantFrom(...operators),
        values: values.map((text) => [text]),
      });
    const many = fc.record({
      field: fc.constant<string>(name),
      operator: fc.constantFrom<FilterCondition['operator']>('in', 'notIn'),
      values: fc.array(value, { minLength: 1, maxLength: 3 }),
    });
    const none = (operators: readonly FilterCondition['operator'][]) =>
      fc.record({
        field: fc.constant<string>(name),
        operator: fc.constantFrom(...operators),
        values: fc.constant<string[]>([]),
      });
    const between = fc.record({
      field: fc.constant<string>(name),
      operator: fc.constant<FilterCondition['operator']>('between'),
      values: fc.tuple(value, value).map((pair) => [...pair]),
    });
    if (type === 'boolean') return one(['eq', 'ne'], fc.constantFrom('true', 'false'));
    const empties = none(['empty', 'notEmpty']);
    if (type === 'reference') return fc.oneof(many, none(['isMe']), empties);
    if (type === 'int' || type === 'double' || type === 'date' || type === 'datetime') {
      return fc.oneof(one(ORDER), between, empties);
    }
    const part = value.map((text) => text.slice(0, 3).trim() || 'a');
    return fc.oneof(one(['eq', 'ne']), many, one(['contains', 'notContains', 'startsWith'], part), empties);
  });

const { filter } = fc.letrec<{ filter: FilterGroup }>((tie) => ({
  filter: fc.record({
    match: fc.constantFrom('all', 'any'),
    of: fc.array(fc.oneof({ maxDepth: 2, depthIdentifier: 'group' }, condition, tie('filter')), {
      minLength: 1,
      maxLength: 3,
      depthIdentifier: 'group',
    }),
  }) as fc.Arbitrary<FilterGroup>,
}));

describe('filterCondition at Salesforce', () => {
  it('finds the rows that the words of the filter mean', () => {
    fc.assert(
      fc.property(filter, (group) => {
        const { where, left } = filterCondition(group, {
          typeOf: (path) => TYPES[path as Name] ?? null,
          userId: reader.id,
          timeZone: ZONE,
        });
        expect(left).toEqual([]);
        const found = rowsOf(bench, `SELECT Id FROM Account WHERE ${where}`).map(([id]) => id);
        const expected = everything.filter((row) => matches(row, group)).map((row) => row.Id);
        expect(found).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});
