import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FILTER_OPERATORS } from './filter-text';
import { formatGridState, normalizeSearch, parseGridState } from './grid-state';
import { formatSort, parseSort } from './sort';

const field = fc.stringMatching(/^[A-Za-z]\w{0,20}(?:\.[A-Za-z]\w{0,20})?$/);
const sort = fc.uniqueArray(fc.record({ field, descending: fc.boolean() }), {
  selector: (key) => key.field,
  maxLength: 5,
});

describe('parseSort', () => {
  it.each([
    ['', []],
    ['Name', [{ field: 'Name', descending: false }]],
    [
      '-AnnualRevenue, Name',
      [
        { field: 'AnnualRevenue', descending: true },
        { field: 'Name', descending: false },
      ],
    ],
    ['Name,-Name', [{ field: 'Name', descending: false }]],
    ['--Name,1,Name;Id,(x),Owner.Name', [{ field: 'Owner.Name', descending: false }]],
    [',-,', []],
  ])('reads %j', (text, keys) => expect(parseSort(text)).toEqual(keys));

  it('keeps five keys at most', () => expect(parseSort('a,b,c,d,e,f,g')).toHaveLength(5));

  it('reads back what formatSort wrote', () => {
    fc.assert(
      fc.property(sort, (keys) => {
        expect(parseSort(formatSort(keys))).toEqual(keys);
      }),
    );
  });

  it('never fails, and gives only names that SOQL knows', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const key of parseSort(text)) expect(key.field).toMatch(/^[A-Za-z]\w*(?:\.[A-Za-z]\w*)*$/);
      }),
    );
  });
});

const NOTHING = { sort: [], q: '', filter: null, columns: null, view: null, row: 1 };

describe('parseGridState', () => {
  it('reads what Next gives as searchParams', () => {
    const params = {
      view: 'my-accounts',
      sort: '-Amount',
      q: ['acme', 'other'],
      filter: '["all",["StageName","in","Closed Won"]]',
      columns: 'Name,Owner.Name,count(Contacts),Name,1x,count(),(',
      row: '250000',
      other: 'x',
    };
    expect(parseGridState(params)).toEqual({
      view: 'my-accounts',
      sort: [{ field: 'Amount', descending: true }],
      q: 'acme',
      filter: { match: 'all', of: [{ field: 'StageName', operator: 'in', values: ['Closed Won'] }] },
      columns: ['Name', 'Owner.Name', 'count(Contacts)'],
      row: 250_000,
    });
    expect(parseGridState({ q: [], filter: '["some"]', view: '../x', columns: '-' })).toEqual(NOTHING);
  });

  it.each(['', '0', '-1', '1.5', 'x', '1e3', '999999999'])('takes row %j as 1', (row) => {
    expect(parseGridState(new URLSearchParams({ row })).row).toBe(1);
  });

  it('bounds the row', () => expect(parseGridState({ row: '99999999' }).row).toBe(50_000_000));

  it('reads back what formatGridState wrote', () => {
    const name = field.filter((text) => !/^(?:all|any)$/.test(text));
    const condition = fc.record({
      field: name,
      operator: fc.constantFrom(...FILTER_OPERATORS),
      values: fc.array(fc.string({ unit: 'grapheme', maxLength: 8 }), { maxLength: 3 }),
    });
    const inner = fc.record({
      match: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(condition, { maxLength: 3 }),
    });
    const filter = fc.record({
      match: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(fc.oneof(condition, inner), { minLength: 1, maxLength: 3 }),
    });
    const column = fc.oneof(
      name,
      fc.stringMatching(/^[A-Za-z]\w{0,20}$/).map((child) => `count(${child})`),
    );
    const state = fc.record({
      sort,
      q: fc.string({ unit: 'grapheme', maxLength: 20 }).map(normalizeSearch),
      filter: fc.option(filter),
      columns: fc.option(fc.uniqueArray(column, { minLength: 1, maxLength: 6 })),
      view: fc.option(fc.stringMatching(/^[a-z0-9-]{1,40}$/)),
      row: fc.integer({ min: 1, max: 50_000_000 }),
    });
    fc.assert(
      fc.property(state, (one) => {
        expect(parseGridState(new URLSearchParams(formatGridState(one)))).toEqual(one);
      }),
    );
  });
});

describe('formatGridState', () => {
  it('writes what people can read, and no defaults', () => {
    const state = parseGridState({
      sort: '-AnnualRevenue,Name',
      q: 'a b',
      columns: 'Name,count(Contacts)',
      row: '2',
    });
    expect(formatGridState(state)).toBe('sort=-AnnualRevenue,Name&q=a+b&columns=Name,count(Contacts)&row=2');
    expect(formatGridState({ ...NOTHING })).toBe('');
  });
});

describe('normalizeSearch', () => {
  it('strips, cuts at 200 characters, and never halves one', () => {
    expect(normalizeSearch('  acme \n')).toBe('acme');
    expect(normalizeSearch('💶'.repeat(300))).toBe('💶'.repeat(200));
    expect(normalizeSearch(`${'a'.repeat(199)}  b`)).toBe('a'.repeat(199));
    expect(() => encodeURIComponent(normalizeSearch('\ud83d lone \udcb6'))).not.toThrow();
  });
});
