import { describe, expect, it } from 'vitest';
import { dayIn, monthLabel, monthsAround, quartersUntil } from './spans';

describe('months and quarters', () => {
  it('go over the turn of the year, with the last day of each month', () => {
    expect(monthsAround('2027-12-31', 1, 3)).toEqual([
      { year: 2027, number: 11, first: '2027-11-01', last: '2027-11-30' },
      { year: 2027, number: 12, first: '2027-12-01', last: '2027-12-31' },
      { year: 2028, number: 1, first: '2028-01-01', last: '2028-01-31' },
      { year: 2028, number: 2, first: '2028-02-01', last: '2028-02-29' },
      { year: 2028, number: 3, first: '2028-03-01', last: '2028-03-31' },
    ]);
  });

  it('end with the quarter of the day', () => {
    expect(quartersUntil('2026-01-31', 1)).toEqual([
      { year: 2025, number: 4, first: '2025-10-01', last: '2025-12-31' },
      { year: 2026, number: 1, first: '2026-01-01', last: '2026-03-31' },
    ]);
    expect(quartersUntil('2026-11-26', 7)).toHaveLength(8);
  });

  it('are those of the reader’s day', () => {
    const instant = new Date('2026-11-30T23:30:00Z');
    expect(dayIn('Europe/Berlin', instant)).toBe('2026-12-01');
    expect(dayIn('America/New_York', instant)).toBe('2026-11-30');
    const [month] = monthsAround('2026-11-30', 0, 0);
    if (!month) throw new Error('no month');
    expect(monthLabel(month, 'de-DE')).toBe('Nov. 2026');
  });
});
