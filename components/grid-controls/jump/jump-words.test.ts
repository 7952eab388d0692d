import { expect, it } from 'vitest';
import { jumpFailure, rowNumber } from './jump-words';

it.each([
  ['250,000', 250_000],
  ['250.000', 250_000],
  ['250 000', 250_000],
  [' 7 ', 7],
  ['0', null],
  ['1000001', null],
  ['-3', null],
  ['x', null],
  ['', null],
])('reads row %j', (text, row) => expect(rowNumber(text, 1_000_000)).toBe(row));

it('says why a jump did not work', () => {
  expect(jumpFailure(new Error('Salesforce did not answer.'))).toBe('Salesforce did not answer.');
  expect(jumpFailure(undefined)).toMatch(/Try again/);
});
