import { describe, expect, it } from 'vitest';
import { barsBetween, barWidth } from './histogram';

const HOUR = 3_600_000;
const at = (iso: string) => Date.parse(iso);

describe('barWidth', () => {
  it.each([
    [0, 1],
    [59_000, 1],
    [HOUR, 300],
    [24 * HOUR, 3_600],
    [7 * 24 * HOUR, 3 * 3_600],
    [30 * 24 * HOUR, 24 * 3_600],
    [365 * 24 * HOUR, 7 * 24 * 3_600],
    [1e15, 3640 * 24 * 3_600],
  ])('of %d ms is %d s', (span, width) => {
    expect(barWidth(0, span)).toBe(width);
  });
});

describe('barsBetween', () => {
  const origin = at('2026-03-01T00:00:00Z');
  const span = { first: origin + 90 * 60_000, last: origin + 4 * HOUR, origin, width: 3_600 };

  it('has a bar for every interval, also the empty ones', () => {
    const bars = barsBetween(span, new Map([[2, [5, 1]]]));
    expect(bars).toHaveLength(3);
    expect(bars[0]).toEqual({
      from: '2026-03-01T01:00:00.000Z',
      to: '2026-03-01T02:00:00.000Z',
      done: 0,
      refused: 0,
    });
    expect(bars[1]).toMatchObject({ done: 5, refused: 1 });
  });

  it('leaves out no entry that a clock has put beyond the span', () => {
    const bars = barsBetween(span, new Map([[9, [1, 0]]]));
    expect(bars.at(-1)).toMatchObject({ from: '2026-03-01T09:00:00.000Z', done: 1 });
  });

  it('is one bar for an instant', () => {
    expect(barsBetween({ ...span, first: origin, last: origin }, new Map([[0, [1, 0]]]))).toHaveLength(1);
  });
});
