import { describe, expect, it } from 'vitest';
import { moved, withNames } from './column-order';

describe('moved', () => {
  it.each([
    [0, 2, 'bca'],
    [2, 0, 'cab'],
    [1, 9, 'acb'],
    [1, -1, 'bac'],
    [7, 0, 'abc'],
  ])('moves %i to %i', (from, to, order) => expect(moved(['a', 'b', 'c'], from, to).join('')).toBe(order));
});

describe('withNames', () => {
  it('adds at the end, once', () => expect(withNames(['b', 'a'], ['a', 'c'], true)).toEqual(['b', 'a', 'c']));
  it('takes away', () => expect(withNames(['b', 'a', 'c'], ['a', 'x'], false)).toEqual(['b', 'c']));
});
