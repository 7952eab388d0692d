import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { behindRow, type Comparison, fromValue, type OrderKey, stableOrder } from './keyset';

const ID = '001000000000001AAA';
const key = (path: string, comparison: Comparison | null, descending = false): OrderKey => ({
  path,
  descending,
  comparison,
});

describe('stableOrder', () => {
  it('ends with Id, once', () => {
    expect(stableOrder([key('Name', 'text', true)])).toEqual([
      { field: 'Name', descending: true },
      { field: 'Id', descending: false },
    ]);
    expect(stableOrder([key('Id', 'id', true), key('Name', 'text')])).toEqual([
      { field: 'Id', descending: true },
    ]);
  });
});

describe('behindRow', () => {
  it.each([
    [[], [], `Id > '${ID}'`],
    [
      [key('Name', 'text')],
      ["O'Neil"],
      `((Name > 'O\\'Neil' OR Name = null) OR (Name = 'O\\'Neil' AND Id > '${ID}'))`,
    ],
    [
      [key('Amount', 'number', true)],
      [5.5],
      `((Amount < 5.5 OR Amount = null) OR (Amount = 5.5 AND Id > '${ID}'))`,
    ],
    [[key('Amount', 'number')], [null], `(Amount = null AND Id > '${ID}')`],
    [
      [key('IsWon', 'boolean'), key('CloseDate', 'date')],
      [false, '2026-03-08'],
      '(IsWon = true OR (IsWon = false AND (CloseDate > 2026-03-08 OR CloseDate = null)) OR ' +
        `(IsWon = false AND CloseDate = 2026-03-08 AND Id > '${ID}'))`,
    ],
    [[key('IsWon', 'boolean', true)], [false], `(IsWon = false AND Id > '${ID}')`],
    [[key('Id', 'id', true)], [ID], `(Id < '${ID}' OR Id = null)`],
    [
      [key('CreatedDate', 'dateTime')],
      ['2026-05-01T07:25:37.000+0000'],
      '((CreatedDate > 2026-05-01T07:25:37.000Z OR CreatedDate = null) OR ' +
        `(CreatedDate = 2026-05-01T07:25:37.000Z AND Id > '${ID}'))`,
    ],
    [
      [key('Opens__c', 'time')],
      ['08:30:00.000Z'],
      `((Opens__c > 08:30:00.000Z OR Opens__c = null) OR (Opens__c = 08:30:00.000Z AND Id > '${ID}'))`,
    ],
  ])('goes on behind %j at %j', (order, values, condition) => {
    expect(behindRow(order, values, ID)).toBe(condition);
  });

  it.each([
    ['an order that cannot be compared', [key('Industry', null)], ['Energy'], ID],
    ['an id that is none', [key('Name', 'text')], ['A'], "x' OR Id != '"],
    ['a date that is none', [key('CloseDate', 'date')], ['2026-03-08 OR 1=1'], ID],
    ['a number that is text', [key('Amount', 'number')], ['5'], ID],
    ['a time that is none', [key('Opens__c', 'time')], ['8'], ID],
    ['an instant that is none', [key('CreatedDate', 'dateTime')], ['2026-99-01T07:25:37Z'], ID],
    ['a boolean that is none', [key('IsWon', 'boolean')], ['true'], ID],
    ['a text that is none', [key('Name', 'text')], [7], ID],
    ['infinity', [key('Amount', 'number')], [Number.POSITIVE_INFINITY], ID],
    ['another number of values', [key('Name', 'text')], [], ID],
  ])('knows nothing behind %s', (_name, order, values, id) => {
    expect(behindRow(order, values, id)).toBeNull();
  });

  it('never writes a value outside of a literal', () => {
    const comparison = fc.constantFrom<Comparison>(
      'text',
      'id',
      'number',
      'date',
      'dateTime',
      'time',
      'boolean',
    );
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom("'", '\\', "\\' OR Id != '", '2026-01-01', '2026-01-01T00:00:00Z', '10:00:00Z'),
      fc.double(),
      fc.boolean(),
    );
    fc.assert(
      fc.property(comparison, value, fc.oneof(fc.constant(ID), fc.string()), (compares, value, id) => {
        const condition = behindRow([key('Field__c', compares)], [value], id) ?? '';
        const bare = condition.replace(/'(?:[^'\\]|\\.)*'/gs, "''");
        expect(bare).toMatch(/^[\w\s().<>='+:-]*$/);
      }),
    );
  });

  it('writes numbers without exponents', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }), (value) => {
        const literal = /^\(Amount >= (\S+) OR/.exec(
          fromValue(key('Amount', 'number'), String(value)) ?? '',
        )?.[1];
        const behind = / > (-?\d+(?:\.\d+)?) OR/.exec(
          behindRow([key('Amount', 'number')], [value], ID) ?? '',
        )?.[1];
        expect(Number(behind)).toBeCloseTo(value, 10);
        expect(literal === undefined || Number(literal) === value).toBe(true);
      }),
    );
  });

  it('refuses a path that is no path', () => {
    expect(() => behindRow([key('Name) OR (Id', 'text')], ['A'], ID)).toThrow(TypeError);
  });
});

describe('fromValue', () => {
  it.each([
    [key('Name', 'text'), 'm', "(Name >= 'm' OR Name = null)"],
    [
      key('Owner.Name', 'text', true),
      'm',
      "(Owner.Name <= 'm' OR Owner.Name LIKE 'm%' OR Owner.Name = null)",
    ],
    [key('Amount', 'number'), '-5000.5', '(Amount >= -5000.5 OR Amount = null)'],
    [key('CloseDate', 'date'), '2026-03-08', '(CloseDate >= 2026-03-08 OR CloseDate = null)'],
  ])('opens %j at %s', (order, value, condition) => expect(fromValue(order, value)).toBe(condition));

  it.each([
    [key('Industry', null), 'Energy'],
    [key('IsWon', 'boolean'), 'true'],
    [key('Amount', 'number'), '1e3'],
    [key('CloseDate', 'date'), 'soon'],
  ])('knows no place for %j at %s', (order, value) => expect(fromValue(order, value)).toBeNull());
});
