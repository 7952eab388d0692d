import { beforeEach, describe, expect, it } from 'vitest';
import { cacheAccessToken, cachedAccessToken } from '@/lib/connections/access-cache';
import { refreshPolicy } from '@/lib/connections/refresh/policy';
import { registry } from '@/lib/registry';

let now = 0;

beforeEach(() => {
  now = 0;
  registry().slots.delete('connections.accessTokens');
  registry().slots.delete('connections.policy');
  registry().slots.set('connections.policy', { ...refreshPolicy(), cacheMs: 100, cacheSize: 2 });
  registry().slots.set('connections.clocks', {
    monotonic: () => now,
    wall: () => 0,
    sleep: async () => undefined,
  });
});

describe('the memory of opened access tokens', () => {
  it('knows a token by connection and generation, for a short time', () => {
    cacheAccessToken('c', 1, 'first');
    expect(cachedAccessToken('c', 1)).toBe('first');
    expect(cachedAccessToken('c', 2)).toBeNull();
    expect(cachedAccessToken('d', 1)).toBeNull();
    now = 100;
    expect(cachedAccessToken('c', 1)).toBeNull();
  });

  it('is bounded: the one that was used longest ago goes', () => {
    cacheAccessToken('a', 1, 'A');
    cacheAccessToken('b', 1, 'B');
    expect(cachedAccessToken('a', 1)).toBe('A');
    cacheAccessToken('c', 1, 'C');
    expect(cachedAccessToken('b', 1)).toBeNull();
    expect(cachedAccessToken('a', 1)).toBe('A');
    expect(cachedAccessToken('c', 1)).toBe('C');
  });
});
