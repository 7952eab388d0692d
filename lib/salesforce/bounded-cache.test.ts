import { describe, expect, it } from 'vitest';
import { BoundedCache } from './bounded-cache';

describe('BoundedCache', () => {
  it('drops what was used longest ago', () => {
    const cache = new BoundedCache<number>(2, Infinity);
    cache.set('a', 1);
    cache.set('b', 2);
    expect(cache.any('a')).toBe(1);
    cache.set('c', 3);
    expect([cache.any('a'), cache.any('b'), cache.any('c')]).toEqual([1, undefined, 3]);
  });

  it('tells fresh from stale', () => {
    let now = 0;
    const cache = new BoundedCache<string>(2, 10, () => now);
    cache.set('a', 'x');
    now = 9;
    expect(cache.fresh('a')).toBe('x');
    now = 10;
    expect([cache.fresh('a'), cache.any('a')]).toEqual([undefined, 'x']);
    cache.delete('a');
    expect(cache.any('a')).toBeUndefined();
  });
});
