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
