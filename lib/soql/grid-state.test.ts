import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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

describe('parseGridState', () => {
  it('reads what Next gives as searchParams', () => {
    expect(parseGridState({ sort: '-Amount', q: ['acme', 'other'], page: '3', other: 'x' })).toEqual({
      sort: [{ field: 'Amount', descending: true }],
      q: 'acme',
      page: 3,
    });
    expect(parseGridState({ q: [] })).toEqual({ sort: [], q: '', page: 1 });
  });

  it.each(['', '0', '-1', '1.5', 'x', '1e3', '99999999'])('takes page %j as 1', (page) => {
    expect(parseGridState(new URLSearchParams({ page })).page).toBe(1);
  });

  it('bounds the page', () => expect(parseGridState({ page: '9999999' }).page).toBe(1_000_000));

  it('reads back what formatGridState wrote', () => {
    const q = fc.string({ unit: 'grapheme', maxLength: 20 }).map(normalizeSearch);
    fc.assert(
      fc.property(fc.record({ sort, q, page: fc.integer({ min: 1, max: 1_000_000 }) }), (state) => {
        expect(parseGridState(new URLSearchParams(formatGridState(state)))).toEqual(state);
      }),
    );
  });
});

describe('formatGridState', () => {
  it('writes what people can read, and no defaults', () => {
    const state = parseGridState({ sort: '-AnnualRevenue,Name', q: 'a b', page: '2' });
    expect(formatGridState(state)).toBe('sort=-AnnualRevenue,Name&q=a+b&page=2');
    expect(formatGridState({ sort: [], q: '', page: 1 })).toBe('');
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
