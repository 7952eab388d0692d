import { describe, expect, it } from 'vitest';
import { dateOfDay, literalRange, localDay, startOfDay } from '@/simulator/soql/run/time';
import { dataBench } from '@/simulator/testing/data-service';

const bench = dataBench(undefined, 10, 10);
const ada = bench.user('ada');
const franz = bench.user('franz');
/** A Wednesday, still Tuesday in New York. */
const NIGHT = Date.UTC(2026, 2, 18, 2, 30);

function span(name: string, count: number | null = null, user = franz, now = NIGHT): string {
  const range = literalRange(name, count, user, now);
  return range ? `${dateOfDay(range.start)} ${dateOfDay(range.end)}` : 'none';
}

describe('date literals', () => {
  it('go by the time zone of the user', () => {
    expect(span('TODAY')).toBe('2026-03-18 2026-03-19');
    expect(span('TODAY', null, ada)).toBe('2026-03-17 2026-03-18');
  });

  it('start the week as the locale of the user does', () => {
    expect(span('THIS_WEEK')).toBe('2026-03-16 2026-03-23');
    expect(span('THIS_WEEK', null, ada)).toBe('2026-03-15 2026-03-22');
  });

  it.each([
    ['YESTERDAY', null, '2026-03-17 2026-03-18'],
    ['TOMORROW', null, '2026-03-19 2026-03-20'],
    ['LAST_WEEK', null, '2026-03-09 2026-03-16'],
    ['NEXT_WEEK', null, '2026-03-23 2026-03-30'],
    ['THIS_MONTH', null, '2026-03-01 2026-04-01'],
    ['LAST_MONTH', null, '2026-02-01 2026-03-01'],
    ['NEXT_MONTH', null, '2026-04-01 2026-05-01'],
    ['THIS_QUARTER', null, '2026-01-01 2026-04-01'],
    ['LAST_QUARTER', null, '2025-10-01 2026-01-01'],
    ['NEXT_FISCAL_QUARTER', null, '2026-04-01 2026-07-01'],
    ['THIS_YEAR', null, '2026-01-01 2027-01-01'],
    ['LAST_FISCAL_YEAR', null, '2025-01-01 2026-01-01'],
    ['LAST_90_DAYS', null, '2025-12-18 2026-03-19'],
    ['NEXT_90_DAYS', null, '2026-03-19 2026-06-17'],
    ['LAST_N_DAYS', 3, '2026-03-15 2026-03-19'],
    ['NEXT_N_DAYS', 3, '2026-03-19 2026-03-22'],
    ['N_DAYS_AGO', 3, '2026-03-15 2026-03-16'],
    ['LAST_N_WEEKS', 2, '2026-03-02 2026-03-16'],
    ['LAST_N_MONTHS', 2, '2026-01-01 2026-03-01'],
    ['NEXT_N_MONTHS', 2, '2026-04-01 2026-06-01'],
    ['N_MONTHS_AGO', 1, '2026-02-01 2026-03-01'],
    ['NEXT_N_QUARTERS', 1, '2026-04-01 2026-07-01'],
    ['LAST_N_YEARS', 2, '2024-01-01 2026-01-01'],
    ['N_YEARS_AGO', 1, '2025-01-01 2026-01-01'],
  ])('%s %s is %s', (name, count, expected) => {
    expect(span(name, count)).toBe(expected);
  });

  it('end the year in December', () => {
    expect(span('NEXT_MONTH', null, franz, Date.UTC(2026, 11, 31, 12))).toBe('2027-01-01 2027-02-01');
  });
});

describe('days of a time zone', () => {
  it('start where the clock says midnight, also on the days when it changes', () => {
    const cases = [
      ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
      ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
      ['2026-11-01', 'America/New_York', '2026-11-01T04:00:00.000Z'],
      ['2026-11-02', 'America/New_York', '2026-11-02T05:00:00.000Z'],
      ['2026-06-01', 'Asia/Kolkata', '2026-05-31T18:30:00.000Z'],
    ] as const;
    for (const [date, zone, start] of cases) {
      const day = Date.parse(date) / 86_400_000;
      const instant = startOfDay(day, zone);
      expect(new Date(instant).toISOString()).toBe(start);
      expect([localDay(instant, zone), localDay(instant - 1, zone)]).toEqual([day, day - 1]);
    }
  });
});
