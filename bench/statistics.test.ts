import { describe, expect, it } from 'vitest';
import { percentile } from './statistics';

const HUNDRED = Array.from({ length: 100 }, (_, index) => 100 - index);

describe('a percentile', () => {
  it.each([
    [0, 1],
    [0.5, 50],
    [0.99, 99],
    [0.991, 100],
    [1, 100],
  ])('%d of 1 to 100 is %d', (share, value) => {
    expect(percentile(HUNDRED, share)).toBe(value);
  });

  it('is a value that was measured, in whatever order they came', () => {
    expect(percentile([10, 1], 0.5)).toBe(1);
    expect(percentile([7], 0.99)).toBe(7);
  });

  it('of nothing is not a number', () => {
    expect(percentile([], 0.5)).toBeNaN();
  });

  it('leaves the values as they were', () => {
    const values = [3, 1, 2];
    percentile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });
});
