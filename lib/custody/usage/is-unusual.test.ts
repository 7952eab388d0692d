import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUnusual } from './is-unusual';
import { medianOf } from './median-of';

describe('the median', () => {
  it.each([
    [[], 0],
    [[7], 7],
    [[1, 9], 5],
    [[9, 1, 2], 2],
    [[10, 9, 100, 2], 9.5],
    [[200, 1_000, 30], 200],
  ])('of %j is %d', (numbers, median) => {
    expect(medianOf(numbers)).toBe(median);
  });

  it('has as many numbers above as below it, whatever their order, and leaves them as they are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1 }), (numbers) => {
        const before = [...numbers];
        const median = medianOf(numbers);
        expect(numbers).toEqual(before);
        expect(numbers.filter((one) => one < median).length).toBeLessThanOrEqual(numbers.length / 2);
        expect(numbers.filter((one) => one > median).length).toBeLessThanOrEqual(numbers.length / 2);
        expect(medianOf([...numbers].reverse())).toBe(median);
        const nearest = numbers.length % 2 === 1;
        expect(nearest ? numbers.includes(median) : Number.isInteger(median * 2)).toBe(true);
      }),
    );
  });
});

describe('unusual reading', () => {
  it.each([
    [999, 0, false],
    [1_000, 0, true],
    [1_000, 199, true],
    [1_000, 200, false],
    [1_001, 200, true],
    [5_000, 1_000, false],
    [5_001, 1_000, true],
    [5_002, 1_000.5, false],
    [5_003, 1_000.5, true],
  ])('are %i rows against a median of %d: %s', (rows, median, unusual) => {
    expect(isUnusual({ rows, median })).toBe(unusual);
  });
});
