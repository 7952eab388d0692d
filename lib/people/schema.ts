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

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text has the form of an id, such as a person's. */
export function isId(text: string): boolean {
  return UUID.test(text);
}

export const roleSchema = z.enum(['member', 'admin', 'auditor'], 'Choose a role.');

const idsSchema = z.array(z.string().regex(UUID)).max(500);

/** Ids of environments as a form sends them: once, several times, or not at all. */
export const environmentIdsSchema = z.preprocess(
  (value) => (value === undefined || value === null ? [] : [value].flat()),
  idsSchema,
);
