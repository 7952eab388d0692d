import { z } from 'zod';

function isLocale(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}

function isTimeZone(value: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: value }));
  } catch {
    return false;
  }
}

const choice = z
  .string()
  .trim()
  .max(64)
  .nullish()
  .transform((value) => (value ? value : null));

/** A person's own choices; empty means "as in Salesforce". */
export const preferencesSchema = z.object({
  locale: choice.refine((value) => value === null || isLocale(value), 'Use a language tag such as de-DE.'),
  timeZone: choice.refine(
    (value) => value === null || isTimeZone(value),
    'Use a time zone such as Europe/Berlin.',
  ),
});
