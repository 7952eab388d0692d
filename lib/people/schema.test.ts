import { describe, expect, it } from 'vitest';
import { preferencesSchema } from './schema';

describe('preferencesSchema', () => {
  it.each([
    [
      { locale: 'de-DE', timeZone: 'Europe/Berlin' },
      { locale: 'de-DE', timeZone: 'Europe/Berlin' },
    ],
    [
      { locale: ' ', timeZone: '' },
      { locale: null, timeZone: null },
    ],
    [{}, { locale: null, timeZone: null }],
  ])('reads %j', (input, expected) => {
    expect(preferencesSchema.parse(input)).toEqual(expected);
  });

  it.each([
    { locale: 'de_DE!' },
    { timeZone: 'Europe/Atlantis' },
    { locale: 'x'.repeat(100) },
    { locale: '<script>' },
  ])('refuses %j', (input) => {
    expect(preferencesSchema.safeParse(input).success).toBe(false);
  });
});
