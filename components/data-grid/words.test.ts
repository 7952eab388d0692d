import { describe, expect, it } from 'vitest';
import { costInWords, rangeInWords, totalInWords } from './words';

const names = { label: 'Account', labelPlural: 'Accounts', locale: 'en-US' };

describe('words of a grid', () => {
  it('name the total', () => {
    expect(totalInWords(5000, names)).toBe('5,000 accounts');
    expect(totalInWords(1, names)).toBe('1 account');
    expect(totalInWords(5000, { label: 'Firma', labelPlural: 'Firmen', locale: 'de-DE' })).toBe(
      '5.000 Firmen',
    );
  });

  it('name the rows in view', () => {
    expect(rangeInWords(201, 236, 5000, 'en-US')).toBe('Rows 201–236 of 5,000');
  });

  it('say what the grid cost and what the org has used', () => {
    expect(costInWords({ calls: 3, budget: { used: 1204, max: 15000 } }, 'en-US')).toBe(
      '3 API calls · 1,204 of 15,000 used today',
    );
    expect(costInWords({ calls: 1, budget: null }, 'en-US')).toBe('1 API call');
  });
});
