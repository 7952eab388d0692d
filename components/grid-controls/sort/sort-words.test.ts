import { expect, it } from 'vitest';
import { directionWords } from './sort-words';

it.each([
  ['text', false, 'A → Z'],
  ['reference', true, 'Z → A'],
  ['currency', true, 'Largest first'],
  ['date', true, 'Newest first'],
  ['dateTime', false, 'Oldest first'],
  ['time', false, 'Earliest first'],
  ['boolean', true, 'Yes first'],
  ['picklist', false, 'In the order of the list'],
] as const)('says the direction of %s (descending: %s)', (kind, descending, words) => {
  expect(directionWords(kind, descending)).toBe(words);
});
