import { memoFormatter, plainSpaces } from './intl';

const clock = memoFormatter(
  (locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' }),
);

/** A Salesforce time of day (`14:30:00.000Z`), which belongs to no zone. What is none stays as it is. */
export function formatTime(text: string, options: { locale: string }): string {
  if (!/^\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z?$/.test(text)) return text;
  const instant = new Date(`1970-01-01T${text.replace(/Z$/, '')}Z`);
  return Number.isNaN(instant.getTime()) ? text : plainSpaces(clock(options.locale).format(instant));
}
