import { parseInstant } from './dates';
import { memoFormatter, plainSpaces } from './intl';

const relative = memoFormatter((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));

const UNITS: ReadonlyArray<readonly [Intl.RelativeTimeFormatUnit, number]> = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** How long an instant is from `now`, in the largest unit that fits: `5 minutes ago`, `in 2 days`, `now`. */
export function formatRelative(text: string, options: { locale: string; now: Date }): string {
  const instant = parseInstant(text);
  if (!instant) return text;
  const seconds = (instant.getTime() - options.now.getTime()) / 1000;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? (['second', 1] as const);
  const amount = unit === 'second' ? 0 : Math.trunc(seconds / size);
  return plainSpaces(relative(options.locale).format(amount, unit));
}

const SECONDS_OF = { hour: 3_600, minute: 60, second: 1 };
const DAYS_OF = { year: 365, week: 7, day: 1 };

/** `90` → `1 minute 30 seconds`. For whole numbers above zero; anything else is the empty text. */
export function secondsInWords(seconds: number): string {
  return inUnits(seconds, SECONDS_OF);
}

/** `30` → `4 weeks 2 days`. For whole numbers above zero; anything else is the empty text. */
export function daysInWords(days: number): string {
  return inUnits(days, DAYS_OF);
}

function inUnits(amount: number, units: Record<string, number>): string {
  if (!Number.isInteger(amount) || amount <= 0) return '';
  let rest = amount;
  const words: string[] = [];
  for (const [unit, size] of Object.entries(units)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) words.push(`${count} ${unit}${count === 1 ? '' : 's'}`);
  }
  return words.join(' ');
}
