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

/** The next instant after `instant` at which the reading hours begin. */
export function opensAt({ days, from, timeZone }: ReadingHours, instant: Date): Date {
  const { year, month, day } = wallClock(timeZone, instant);
  const today = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    const date = new Date(today + ahead * DAY_MS);
    if (!days.includes(date.getUTCDay() || 7)) continue;
    const opens = instantOf(timeZone, `${date.toISOString().slice(0, 10)}T${from}`);
    if (opens > instant) return opens;
  }
  throw new Error('Reading hours have no day.');
}

/** The same weekday may be over for today. */
const DAYS_AHEAD = 7;

/** The instant at which the clock on the wall shows this; where it never does, as far behind the gap as it is in it. */
function instantOf(timeZone: string, wall: string): Date {
  const wanted = Date.parse(`${wall}:00Z`);
  const shownAt = (at: number) => {
    const { year, month, day, hour, minute } = wallClock(timeZone, new Date(at));
    return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
  };
  const first = wanted - (shownAt(wanted) - wanted);
  const second = first - (shownAt(first) - wanted);
  return new Date(shownAt(second) === wanted ? second : Math.max(first, second));
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
