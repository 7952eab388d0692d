import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FilterCondition, FilterGroup, FilterOperator } from '@/lib/soql/types';
import { filterCondition } from './condition';
import { OPERATORS } from './operators';

const ME = '005000000000001AAA';
const TYPES: Readonly<Record<string, string>> = {
  Name: 'string',
  Industry: 'picklist',
  Topics__c: 'multipicklist',
  OwnerId: 'reference',
  'Owner.Name': 'string',
  NumberOfEmployees: 'int',
  Amount: 'currency',
  Probability: 'percent',
  IsWon: 'boolean',
  CloseDate: 'date',
  CreatedDate: 'datetime',
  Opens__c: 'time',
  BillingAddress: 'address',
};

function write(filter: FilterGroup, timeZone?: string) {
  return filterCondition(filter, {
    typeOf: (path) => TYPES[path] ?? null,
    userId: ME,
    ...(timeZone === undefined ? {} : { timeZone }),
  });
}

function one(field: string, operator: FilterOperator, ...values: string[]): FilterCondition {
  return { field, operator, values };
}

function all(...of: FilterGroup['of']): FilterGroup {
  return { match: 'all', of };
}

function any(...of: FilterGroup['of']): FilterGroup {
  return { match: 'any', of };
}

describe('filterCondition', () => {
  it.each<[FilterCondition, string]>([
    [one('Name', 'eq', "O'Neil"), "Name = 'O\\'Neil'"],
    [one('Name', 'contains', '50%_'), "Name LIKE '%50\\%\\_%'"],
    [one('Name', 'notContains', 'x'), "(NOT Name LIKE '%x%')"],
    [one('Owner.Name', 'startsWith', 'a_'), "Owner.Name LIKE 'a\\_%'"],
    [one('Industry', 'in', 'Banking', 'Energy'), "Industry IN ('Banking', 'Energy')"],
    [one('Industry', 'notIn', 'Banking'), "Industry NOT IN ('Banking')"],
    [one('Topics__c', 'includesAny', 'A', 'B'), "Topics__c INCLUDES ('A', 'B')"],
    [one('Topics__c', 'includesAll', 'A', 'B'), "Topics__c INCLUDES ('A;B')"],
    [one('Topics__c', 'excludes', 'A'), "Topics__c EXCLUDES ('A')"],
    [one('OwnerId', 'isMe'), `OwnerId = '${ME}'`],
    [one('OwnerId', 'in', '001000000000001'), "OwnerId IN ('001000000000001')"],
    [one('Amount', 'between', '-1.50', '20'), '(Amount >= -1.50 AND Amount <= 20)'],
    [one('Probability', 'gte', '75'), 'Probability >= 75'],
    [one('NumberOfEmployees', 'ne', '0'), 'NumberOfEmployees != 0'],
    [one('IsWon', 'eq', 'true'), 'IsWon = true'],
    [one('CloseDate', 'lt', '2026-03-08'), 'CloseDate < 2026-03-08'],
    [one('CloseDate', 'gte', 'TODAY'), 'CloseDate >= TODAY'],
    [one('CloseDate', 'relative', 'LAST_N_DAYS:30'), 'CloseDate = LAST_N_DAYS:30'],
    [one('CreatedDate', 'relative', 'THIS_FISCAL_QUARTER'), 'CreatedDate = THIS_FISCAL_QUARTER'],
    [one('CreatedDate', 'lt', 'N_DAYS_AGO:7'), 'CreatedDate < N_DAYS_AGO:7'],
    [one('CreatedDate', 'gt', '2026-03-08T10:00+01:00'), 'CreatedDate > 2026-03-08T09:00:00.000Z'],
    [one('Opens__c', 'gte', '08:30'), 'Opens__c >= 08:30:00.000Z'],
    [one('Opens__c', 'lt', '23:59:59.5'), 'Opens__c < 23:59:59.500Z'],
    [one('Name', 'empty'), 'Name = null'],
    [one('Topics__c', 'notEmpty'), 'Topics__c != null'],
  ])('writes %j', (condition, where) => {
    expect(write(all(condition))).toEqual({ where, left: [] });
  });

  it.each<[FilterOperator, string]>([
    ['eq', '(CreatedDate >= 2026-03-29T00:00:00.000Z AND CreatedDate < 2026-03-30T00:00:00.000Z)'],
    [
      'ne',
      '(CreatedDate < 2026-03-29T00:00:00.000Z OR CreatedDate >= 2026-03-30T00:00:00.000Z OR CreatedDate = null)',
    ],
    ['lt', 'CreatedDate < 2026-03-29T00:00:00.000Z'],
    ['lte', 'CreatedDate < 2026-03-30T00:00:00.000Z'],
    ['gt', 'CreatedDate >= 2026-03-30T00:00:00.000Z'],
    ['gte', 'CreatedDate >= 2026-03-29T00:00:00.000Z'],
  ])('takes a day of a date and time as its span: %s', (operator, where) => {
    expect(write(all(one('CreatedDate', operator, '2026-03-29'))).where).toBe(where);
  });

  it('takes the days of the reader’s zone, also where clocks change', () => {
    const day = all(one('CreatedDate', 'eq', '2026-03-29'));
    expect(write(day, 'Europe/Berlin').where).toBe(
      '(CreatedDate >= 2026-03-28T23:00:00.000Z AND CreatedDate < 2026-03-29T22:00:00.000Z)',
    );
    // No midnight on that day: clocks went from 00:00 to 01:00.
    expect(write(all(one('CreatedDate', 'gte', '2018-11-04')), 'America/Sao_Paulo').where).toBe(
      'CreatedDate >= 2018-11-04T03:00:00.000Z',
    );
    // Two midnights: the first counts.
    expect(write(all(one('CreatedDate', 'gte', '2026-11-01')), 'America/Havana').where).toBe(
      'CreatedDate >= 2026-11-01T04:00:00.000Z',
    );
  });

  it.each<[FilterCondition, RegExp]>([
    [one('Amount', 'gt', '1 OR Name != null'), /is not a number/],
    [one('Amount', 'gt', '1e5'), /is not a number/],
    [one('Amount', 'eq', ''), /lacks a value/],
    [one('Amount', 'between', '1'), /lacks a value/],
    [one('NumberOfEmployees', 'eq', '1.5'), /is not a whole number/],
    [one('NumberOfEmployees', 'eq', '9999999999'), /is not a whole number/],
    [one('CloseDate', 'eq', '2026-02-30'), /is not a date/],
    [one('CloseDate', 'eq', '2026-02-01T00:00:00Z'), /is not a date/],
    [one('CloseDate', 'relative', 'LAST_N_DAYS:0'), /is not a date/],
    [one('CloseDate', 'relative', 'constructor:1'), /is not a date/],
    [one('CloseDate', 'relative', '2026-02-01'), /is not a date/],
    [one('CreatedDate', 'eq', '2026-02-30'), /is not a date or a moment/],
    [one('CreatedDate', 'eq', '2026-02-01T25:00:00Z'), /is not a date or a moment/],
    [one('Opens__c', 'eq', '24:00'), /is not a time of day/],
    [one('IsWon', 'eq', 'yes'), /is not true or false/],
    [one('IsWon', 'empty'), /cannot be asked that/],
    [one('OwnerId', 'in', "x' OR Name != '"), /is not the id of a record/],
    [one('OwnerId', 'contains', 'Ada'), /cannot be asked that/],
    [one('Name', 'isMe'), /cannot be asked that/],
    [one('Name', 'in'), /lacks a value/],
    [one('Topics__c', 'includesAny', 'A;B'), /is not a value of the list/],
    [one('BillingAddress', 'eq', 'x'), /not a field that you can filter by/],
    [one('Secret__c', 'eq', 'x'), /not a field that you can filter by/],
    [one('Name) OR (Name', 'eq', 'x'), /not a field that you can filter by/],
  ])('leaves out %j and says why', (condition, why) => {
    const { where, left } = write(all(condition));
    expect(where).toBeNull();
    expect(left).toEqual([{ condition, why: expect.stringMatching(why) }]);
  });

  it('puts AND, OR and NOT into parentheses, always', () => {
    const filter = any(
      all(one('Name', 'notContains', 'x'), one('Amount', 'between', '1', '2')),
      all(one('IsWon', 'eq', 'true')),
    );
    expect(write(filter).where).toBe(
      "(((NOT Name LIKE '%x%') AND (Amount >= 1 AND Amount <= 2)) OR IsWon = true)",
    );
  });

  it('drops a group of which nothing is left', () => {
    const filter = all(any(one('Amount', 'gt', 'x')), any(), one('Name', 'eq', 'a'));
    expect(write(filter)).toMatchObject({ where: "Name = 'a'", left: [{ why: expect.any(String) }] });
    expect(write(any())).toEqual({ where: null, left: [] });
  });

  it('keeps any text one literal that reads back as that text', () => {
    const text = fc
      .oneof(
        fc.string(),
        fc.string({ unit: 'binary' }),
        fc.string({ unit: fc.constantFrom("'", '\\', '%', '_', '\n', '\t', ')', ' ', 'O') }),
      )
      .filter((value) => value !== '');
    fc.assert(
      fc.property(
        text,
        fc.constantFrom<FilterOperator>('eq', 'ne', 'contains', 'startsWith'),
        (value, operator) => {
          const { where } = write(all(one('Name', operator, value)));
          const [, sign = '', literal = ''] = ONE_LITERAL.exec(where ?? '') ?? [];
          const isLike = operator === 'contains' || operator === 'startsWith';
          expect(sign).toBe(isLike ? 'LIKE' : { eq: '=', ne: '!=' }[operator as 'eq' | 'ne']);
          const inner = unquote(literal, isLike);
          const expected = { contains: `%${value}%`, startsWith: `${value}%` }[operator as string] ?? value;
          expect(inner).toBe(expected);
        },
      ),
    );
  });

  it('sends no value of another type than its field, whatever the URL says', () => {
    const value = fc.oneof(fc.string(), fc.constantFrom('1', 'true', '2026-01-01', 'TODAY', ME));
    const fields = Object.keys(TYPES).filter((field) => !['string', 'picklist'].includes(TYPES[field] ?? ''));
    const operators = [...new Set(Object.values(OPERATORS).flat())];
    fc.assert(
      fc.property(
        fc.constantFrom(...fields),
        fc.constantFrom(...operators),
        fc.array(value, { maxLength: 3 }),
        (field, operator, values) => {
          const { where, left } = write(all({ field, operator, values }));
          expect((where === null) === (left.length === 1)).toBe(true);
          if (where === null || TYPES[field] === 'multipicklist') return;
          // Names, numbers, dates, ids: nothing that could end a literal or begin a clause.
          expect(where).toMatch(/^[\w .:()<>=!,'-]+$/);
          expect(where.match(/'[^']*'/g) ?? []).toEqual(where.match(/'[A-Za-z0-9]{15,18}'/g) ?? []);
        },
      ),
    );
  });
});

/** A field, an operator and one whole string literal, by the grammar of the SOQL reference. */
const ONE_LITERAL = /^Name (=|!=|LIKE) ('(?:[^'\\\r\n]|\\[\s\S])*')$/;

/** Reads a literal back, by the table of the SOQL reference and nothing of ours. */
function unquote(literal: string, isLike: boolean): string {
  const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  return literal.slice(1, -1).replace(/\\([\s\S])/g, (whole, char: string) => {
    if (!isLike && (char === '%' || char === '_')) return whole;
    return escapes[char] ?? char;
  });
}
