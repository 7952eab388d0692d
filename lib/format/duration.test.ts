import { describe, expect, it } from 'vitest';
import { daysInWords, secondsInWords } from './duration';

describe('durations', () => {
  it.each([
    [600, '10 minutes'],
    [90, '1 minute 30 seconds'],
    [1, '1 second'],
    [3_661, '1 hour 1 minute 1 second'],
    [0, ''],
    [-5, ''],
    [1.5, ''],
    [Number.NaN, ''],
  ])('of %d seconds read “%s”', (seconds, words) => {
    expect(secondsInWords(seconds)).toBe(words);
  });

  it.each([
    [30, '4 weeks 2 days'],
    [7, '1 week'],
    [1, '1 day'],
    [365, '1 year'],
    [800, '2 years 10 weeks'],
    [0, ''],
  ])('of %d days read “%s”', (days, words) => {
    expect(daysInWords(days)).toBe(words);
  });
});
