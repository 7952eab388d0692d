import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayIn, isOutsideHours, opensAt } from './reading-hours';

const OFFICE = { days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00', timeZone: 'Europe/Berlin' };
const NIGHT = { days: [5], from: '22:00', to: '06:00', timeZone: 'Europe/Berlin' };
/** 23 hours from 00:00 on a Sunday: the clocks go forward at 02:00. */
const SPRING = { days: [7], from: '01:00', to: '04:00', timeZone: 'Europe/Berlin' };

const outside = (hours: typeof OFFICE, iso: string) => isOutsideHours(hours, new Date(iso));

describe('reading hours', () => {
  it.each([
    // Monday, 2 March 2026, winter time: UTC+1.
    ['2026-03-02T06:59:59.999Z', true],
    ['2026-03-02T07:00:00.000Z', false],
    ['2026-03-02T16:59:59.999Z', false],
    ['2026-03-02T17:00:00.000Z', true],
    // Summer time: UTC+2.
    ['2026-07-06T06:00:00.000Z', false],
    ['2026-07-06T16:00:00.000Z', true],
    // Saturday and Sunday at noon.
    ['2026-03-07T11:00:00.000Z', true],
    ['2026-03-08T11:00:00.000Z', true],
  ])('of an office: %s is outside: %s', (iso, expected) => {
    expect(outside(OFFICE, iso)).toBe(expected);
  });

  it.each([
    // From Friday 22:00 to Saturday 06:00, in winter.
    ['2026-03-06T20:59:59.999Z', true],
    ['2026-03-06T21:00:00.000Z', false],
    ['2026-03-06T23:30:00.000Z', false],
    ['2026-03-07T04:59:59.999Z', false],
    ['2026-03-07T05:00:00.000Z', true],
    ['2026-03-07T21:30:00.000Z', true],
    // Early on Friday is Thursday’s night, which is none.
    ['2026-03-06T02:00:00.000Z', true],
  ])('over midnight belong to the day on which they begin: %s is outside: %s', (iso, expected) => {
    expect(outside(NIGHT, iso)).toBe(expected);
  });

  it.each([
    // 01:59:59 is followed by 03:00:00.
    ['2026-03-28T23:59:59.999Z', true],
    ['2026-03-29T00:00:00.000Z', false],
    ['2026-03-29T00:59:59.999Z', false],
    ['2026-03-29T01:00:00.000Z', false],
    ['2026-03-29T01:59:59.999Z', false],
    ['2026-03-29T02:00:00.000Z', true],
    // In autumn 02:00 to 03:00 is there twice.
    ['2026-10-25T00:30:00.000Z', false],
    ['2026-10-25T01:30:00.000Z', false],
    ['2026-10-25T02:59:59.999Z', false],
    ['2026-10-25T03:00:00.000Z', true],
  ])('go by the clock on the wall when it is changed: %s is outside: %s', (iso, expected) => {
    expect(outside(SPRING, iso)).toBe(expected);
  });

  it('last a day when they begin and end at the same time', () => {
    const monday = { days: [1], from: '06:00', to: '06:00', timeZone: 'UTC' };
    expect(outside(monday, '2026-03-02T05:59:59.999Z')).toBe(true);
    expect(outside(monday, '2026-03-02T06:00:00.000Z')).toBe(false);
    expect(outside(monday, '2026-03-03T05:59:59.999Z')).toBe(false);
    expect(outside(monday, '2026-03-03T06:00:00.000Z')).toBe(true);
  });

  it('agree with spans of time in zones that never change their clocks', () => {
    const zones = [
      ['UTC', 0],
      ['Asia/Kolkata', 330],
      ['America/Phoenix', -420],
      ['Pacific/Kiritimati', 840],
    ] as const;
    const MINUTE = 60_000;
    const DAY = 1_440 * MINUTE;
    const time = (minutes: number) =>
      [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
        fc.integer({ min: 0, max: 1_439 }),
        fc.integer({ min: 0, max: 1_439 }),
        fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) }),
        fc.constantFrom(0, 1, 2),
        ([timeZone, offset], days, from, to, anywhere, edge) => {
          const length = (to > from ? to - from : to - from + 1_440) * MINUTE;
          const midnight = Math.floor((anywhere + offset * MINUTE) / DAY) * DAY;
          // Also exactly at an edge, where a mistake would be.
          const local =
            [anywhere + offset * MINUTE, midnight + from * MINUTE, midnight + to * MINUTE][edge] ?? 0;
          const begins = [local, local - DAY].map((at) => Math.floor(at / DAY) * DAY);
          const inside = begins.some(
            (day) =>
              days.includes(new Date(day).getUTCDay() || 7) &&
              day + from * MINUTE <= local &&
              local < day + from * MINUTE + length,
          );
          const hours = { days, from: time(from), to: time(to), timeZone };
          expect(isOutsideHours(hours, new Date(local - offset * MINUTE))).toBe(!inside);
        },
      ),
    );
  });
});

describe('the day of an instant', () => {
  it('is that of its zone', () => {
    const instant = new Date('2026-03-02T23:30:00Z');
    expect(dayIn('UTC', instant)).toBe('2026-03-02');
    expect(dayIn('Europe/Berlin', instant)).toBe('2026-03-03');
    expect(dayIn('Pacific/Honolulu', instant)).toBe('2026-03-02');
  });
});

describe('the next opening', () => {
  it.each([
    // Monday evening, Friday evening, Saturday, and just before it opens.
    [OFFICE, '2026-03-02T18:00:00Z', '2026-03-03T07:00:00.000Z'],
    [OFFICE, '2026-03-06T18:00:00Z', '2026-03-09T07:00:00.000Z'],
    [OFFICE, '2026-07-04T12:00:00Z', '2026-07-06T06:00:00.000Z'],
    [OFFICE, '2026-03-02T06:59:59Z', '2026-03-02T07:00:00.000Z'],
    // The one day of the week is over.
    [NIGHT, '2026-03-07T05:00:00Z', '2026-03-13T21:00:00.000Z'],
    [SPRING, '2026-03-28T12:00:00Z', '2026-03-29T00:00:00.000Z'],
    // 02:30 is not there on that Sunday.
    [{ ...SPRING, from: '02:30' }, '2026-03-28T12:00:00Z', '2026-03-29T01:30:00.000Z'],
    [{ ...OFFICE, timeZone: 'Asia/Kolkata' }, '2026-03-02T18:00:00Z', '2026-03-03T02:30:00.000Z'],
  ])('of %j after %s is %s', (hours, after, expected) => {
    expect(opensAt(hours, new Date(after)).toISOString()).toBe(expected);
  });
});
