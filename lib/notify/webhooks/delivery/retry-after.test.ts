import { describe, expect, it } from 'vitest';
import { retryAfterMs, WAITS_MS } from './retry-after';

const HOUR = 3_600_000;

describe('the waiting time after a failed delivery', () => {
  it('grows with every try, and ends after about three days', () => {
    const waits = WAITS_MS.map((_, index) => retryAfterMs(index + 1, 0) ?? 0);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    const total = waits.reduce((sum, wait) => sum + wait, 0);
    expect(total / HOUR).toBeGreaterThan(72);
    expect(total / HOUR).toBeLessThan(80);
    expect(retryAfterMs(WAITS_MS.length + 1, 0)).toBeNull();
  });

  it('is spread by up to a tenth', () => {
    expect(retryAfterMs(1, 0)).toBe(5_000);
    expect(retryAfterMs(1, 1)).toBe(5_500);
  });
});
