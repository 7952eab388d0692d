import { describe, expect, it } from 'vitest';
import { costInWords, pageCount, rangeInWords, totalInWords } from './words';

const accounts = { label: 'Account', labelPlural: 'Accounts', locale: 'en-US' };

describe('the words of a grid', () => {
  it('say the total', () => {
    expect(totalInWords({ ...accounts, total: 5000 })).toBe('5,000 accounts');
    expect(totalInWords({ ...accounts, total: 1 })).toBe('1 account');
    expect(totalInWords({ ...accounts, total: 0 })).toBe('0 accounts');
  });

  it('keep the capital of German nouns and the locale of numbers', () => {
    expect(totalInWords({ label: 'Account', labelPlural: 'Accounts', locale: 'de-DE', total: 5000 })).toBe(
      '5.000 Accounts',
    );
  });

  it('count pages, at least one', () => {
    expect(pageCount({ total: 5000, pageSize: 200 })).toBe(25);
    expect(pageCount({ total: 201, pageSize: 200 })).toBe(2);
    expect(pageCount({ total: 0, pageSize: 200 })).toBe(1);
  });

  it('name the rows of the last page', () => {
    const state = { sort: [], q: '', page: 3 };
    expect(rangeInWords({ total: 450, pageSize: 200, locale: 'en-US', state, ids: Array(50).fill('') })).toBe(
      '401–450 of 450',
    );
  });

  it('say what the window cost and what is left', () => {
    expect(costInWords({ calls: 1, budget: { used: 118, max: 15000 }, locale: 'en-US' })).toBe(
      '1 API call · 14,882 left today',
    );
    expect(costInWords({ calls: 2, budget: null, locale: 'en-US' })).toBe('2 API calls');
    expect(costInWords({ calls: 0, budget: { used: 16000, max: 15000 }, locale: 'en-US' })).toBe(
      '0 API calls · 0 left today',
    );
  });
});
