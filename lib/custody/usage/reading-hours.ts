import type { ReadingHours } from '@/lib/environments/types';

const DAY_MS = 24 * 3_600_000;

/** The calendar day of an instant in a time zone (IANA), such as `2026-03-29`. */
export function dayIn(timeZone: string, instant: Date): string {
  const { year, month, day } = wallClock(timeZone, instant);
  return `${year}-${month}-${day}`;
}

/**
 * Whether an instant is outside of the reading hours. The clock on the wall counts, so a day with a change of time is as
 * long as it is there. The end is outside; one that is not after the beginning is on the next day.
 */
export function isOutsideHours({ days, from, to, timeZone }: ReadingHours, instant: Date): boolean {
  const { year, month, day, hour, minute } = wallClock(timeZone, instant);
  const time = `${hour}:${minute}`;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  const begins = (on: Date) => days.includes(on.getUTCDay() || 7);
  const today = begins(date);
  if (from < to) return !(today && from <= time && time < to);
  const yesterday = begins(new Date(date.getTime() - DAY_MS));
  return !((today && from <= time) || (yesterday && time < to));
}

function wallClock(timeZone: string, instant: Date): Record<string, string> {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
}
