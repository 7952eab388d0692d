import { salesforceDateTime } from '@/simulator/data/world';
import type { SimUser } from '@/simulator/types';

const DAY = 86_400_000;

/** A half-open span of local days, as day numbers since 1970-01-01. */
export interface DayRange {
  readonly start: number;
  readonly end: number;
}

export function dayNumber(year: number, month: number, day: number): number {
  return Math.floor(Date.UTC(year, month, day) / DAY);
}

/** `2026-03-08` of a day number. */
export function dateOfDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** Local wall clock of an instant in a zone, as if it were UTC. */
function localTime(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
}

/** The local day that an instant falls on in a zone. */
export function localDay(instant: number, timeZone: string): number {
  return Math.floor(localTime(instant, timeZone) / DAY);
}

/** The instant at which a local day starts; two steps reach it across a change of the clocks. */
export function startOfDay(day: number, timeZone: string): number {
  const wanted = day * DAY;
  let instant = wanted;
  for (let step = 0; step < 2; step++) instant += wanted - localTime(instant, timeZone);
  return instant;
}

/** The same as Salesforce writes it, for comparing with cells. */
export function startOfDayText(day: number, timeZone: string): string {
  return salesforceDateTime(startOfDay(day, timeZone));
}

/** 0 Sunday, 1 Monday: the locale of the user decides ("Date Formats and Date Literals in WHERE"). */
function firstWeekday(user: SimUser): number {
  return ['US', 'CA', 'JP', 'IN', 'BR', 'MX', 'IL'].includes(user.locale.split('_')[1] ?? '') ? 0 : 1;
}

type Unit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';

/** The start of the unit that `day` is in, moved by `steps` units. */
function unitStart(day: number, unit: Unit, steps: number, user: SimUser): number {
  const date = new Date(day * DAY);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (unit === 'DAY') return day + steps;
  if (unit === 'WEEK') return day - ((date.getUTCDay() - firstWeekday(user) + 7) % 7) + steps * 7;
  if (unit === 'MONTH') return dayNumber(year, month + steps, 1);
  if (unit === 'QUARTER') return dayNumber(year, Math.floor(month / 3) * 3 + steps * 3, 1);
  return dayNumber(year + steps, 0, 1);
}

/**
 * The days of a date literal for this user at this instant. The orgs' fiscal year starts in January, so that
 * fiscal and calendar literals are the same. Returns null for a name that is none.
 */
export function literalRange(
  name: string,
  count: number | null,
  user: SimUser,
  now: number,
): DayRange | null {
  const today = localDay(now, user.timeZone);
  const word = name.replace('FISCAL_', '');
  const days = (start: number, end: number): DayRange => ({ start: today + start, end: today + end });
  const units = (unit: Unit, from: number, to: number): DayRange => ({
    start: unitStart(today, unit, from, user),
    end: unitStart(today, unit, to, user),
  });
  if (word === 'TODAY') return days(0, 1);
  if (word === 'YESTERDAY') return days(-1, 0);
  if (word === 'TOMORROW') return days(1, 2);
  if (word === 'LAST_90_DAYS') return days(-90, 1);
  if (word === 'NEXT_90_DAYS') return days(1, 91);
  const single = /^(THIS|LAST|NEXT)_(WEEK|MONTH|QUARTER|YEAR)$/.exec(word);
  if (single) {
    const at = { THIS: 0, LAST: -1, NEXT: 1 }[single[1] ?? ''] ?? 0;
    return units(single[2] as Unit, at, at + 1);
  }
  if (count === null) return null;
  const many = /^(LAST|NEXT)_N_(DAY|WEEK|MONTH|QUARTER|YEAR)S$/.exec(word);
  if (many) {
    const unit = many[2] as Unit;
    // Days before today include today; other units stop at the end of the last whole one.
    if (many[1] === 'LAST') return units(unit, -count, unit === 'DAY' ? 1 : 0);
    return units(unit, 1, count + 1);
  }
  const ago = /^N_(DAY|WEEK|MONTH|QUARTER|YEAR)S_AGO$/.exec(word);
  return ago ? units(ago[1] as Unit, -count, -count + 1) : null;
}
