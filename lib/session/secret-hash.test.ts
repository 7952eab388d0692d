import { describe, expect, it } from 'vitest';
import { hashToken, matchesHash, randomToken } from './secret-hash';

describe('random tokens', () => {
  it('hold 256 bits and differ', () => {
    expect(randomToken()).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(randomToken()).not.toBe(randomToken());
  });

  it('match their own hash only', () => {
    const token = randomToken();
    expect(matchesHash(token, hashToken(token))).toBe(true);
    expect(matchesHash(randomToken(), hashToken(token))).toBe(false);
    expect(matchesHash(token, 'short')).toBe(false);
    expect(matchesHash(null, hashToken(token))).toBe(false);
    expect(matchesHash(token, null)).toBe(false);
  });
});
