import { describe, expect, it } from 'vitest';
import { absoluteWords, relativeWords } from './instant';

const now = '2026-03-06T10:00:00.000Z';

describe('relative times', () => {
  it.each([
    ['2026-03-06T09:59:31.000Z', 'just now'],
    ['2026-03-06T10:00:20.000Z', 'just now'],
    ['2026-03-06T09:55:00.000Z', '5 minutes ago'],
    ['2026-03-06T10:09:30.000Z', 'in 9 minutes'],
    ['2026-03-06T08:00:00.000Z', '2 hours ago'],
    ['2026-03-05T10:00:00.000Z', 'yesterday'],
    ['2026-02-20T10:00:00.000Z', '2 weeks ago'],
    ['2024-03-06T10:00:00.000Z', '2 years ago'],
  ])('read %s as %s', (iso, words) => {
    expect(relativeWords(iso, now)).toBe(words);
  });
});

describe('exact times', () => {
  it('follow the locale and name the zone', () => {
    expect(absoluteWords(now, { locale: 'en-GB', timeZone: 'UTC' })).toBe('6 Mar 2026, 10:00 UTC');
    expect(absoluteWords(now, { locale: 'de-DE', timeZone: 'Europe/Berlin' })).toContain('11:00');
  });
});
