import { memoFormatter, plainSpaces } from './intl';

const SALESFORCE_OFFSET = /([+-]\d{2})(\d{2})$/;

const day = memoFormatter(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }),
);

const moment = memoFormatter((key) => {
  const [locale, timeZone] = key.split('|');
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: timeZone ?? 'UTC',
  });
});

const clock = memoFormatter(
  (locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' }),
);

/** Reads Salesforce's date and time (`2026-05-01T07:25:37.000+0000`) or an ISO instant; null when it is none. */
export function parseInstant(text: string): Date | null {
  const instant = new Date(text.replace(SALESFORCE_OFFSET, '$1:$2'));
  return Number.isNaN(instant.getTime()) ? null : instant;
}

/** A calendar date (`2026-03-08`): the same day in every time zone. What is no date stays as it is. */
export function formatDate(text: string, options: { locale: string }): string {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseInstant(`${text}T00:00:00Z`) : null;
  return date ? plainSpaces(day(options.locale).format(date)) : text;
}

/**
 * The day of an instant in a time zone (IANA), as one says it: `12 January`, with the year when it is not this one.
 * What is no instant stays as it is.
 */
export function formatDay(text: string, options: { locale: string; timeZone: string; now: Date }): string {
  const instant = parseInstant(text);
  if (!instant) return text;
  const { locale, timeZone, now } = options;
  const year = new Intl.DateTimeFormat('en', { year: 'numeric', timeZone });
  const withYear = year.format(instant) !== year.format(now);
  const words = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    ...(withYear ? { year: 'numeric' } : {}),
    timeZone,
  });
  return plainSpaces(words.format(instant));
}

/** An instant in a time zone (IANA). What is no instant stays as it is. */
export function formatDateTime(text: string, options: { locale: string; timeZone: string }): string {
  const instant = parseInstant(text);
  return instant ? plainSpaces(moment(`${options.locale}|${options.timeZone}`).format(instant)) : text;
}

/** A Salesforce time of day (`14:30:00.000Z`), which belongs to no zone. What is none stays as it is. */
export function formatTime(text: string, options: { locale: string }): string {
  if (!/^\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z?$/.test(text)) return text;
  const instant = new Date(`1970-01-01T${text.replace(/Z$/, '')}Z`);
  return Number.isNaN(instant.getTime()) ? text : plainSpaces(clock(options.locale).format(instant));
}
