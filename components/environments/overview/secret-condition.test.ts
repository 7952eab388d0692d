import { describe, expect, it } from 'vitest';
import { SECRET_ADVICE, secretConditionOf } from './secret-condition';

const NOW = '2026-11-26T12:00:00.000Z';
const storedDaysAgo = (days: number) => ({
  clientType: 'confidential' as const,
  secretUpdatedAt: new Date(Date.parse(NOW) - days * 86_400_000).toISOString(),
});

describe('secretConditionOf', () => {
  it.each([
    [0, 'fresh'],
    [180, 'fresh'],
    [181, 'due'],
    [365, 'due'],
    [366, 'old'],
  ])('says of a secret of %i days that it is %s', (days, condition) => {
    expect(secretConditionOf(storedDaysAgo(days), NOW)).toBe(condition);
  });

  it('advises to plan a new one after half a year, and to rotate after a year', () => {
    expect(SECRET_ADVICE).toEqual({
      due: expect.stringContaining('plan a new one'),
      old: expect.stringContaining('rotate it'),
    });
  });

  it('misses the secret of a confidential client, and none of a public one', () => {
    expect(secretConditionOf({ clientType: 'confidential', secretUpdatedAt: null }, NOW)).toBe('missing');
    expect(secretConditionOf({ ...storedDaysAgo(400), clientType: 'public' }, NOW)).toBe('public');
  });
});
