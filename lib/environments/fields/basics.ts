import { z } from 'zod';
import { ENVIRONMENT_COLORS } from '@/lib/environments/types';

const CONTROL = /\p{Cc}/u;

export const name = z
  .string('Give the environment a name, such as Production.')
  .trim()
  .min(1, 'Give the environment a name, such as Production.')
  .max(80, 'Use at most 80 characters for the name.')
  .refine(
    (text) => !CONTROL.test(text) && !/[<>]/.test(text),
    'The name cannot hold < or > or control characters.',
  );

/** A field that may be left empty: null then. */
const orNull = <Output>(field: z.ZodType<Output, string>) =>
  z
    .union([z.literal('').transform(() => null), field])
    .nullable()
    .default(null);

export const contactEmail = orNull(
  z
    .string('Enter an e-mail address.')
    .trim()
    .max(254, 'This is too long for an e-mail address.')
    .regex(
      /^[^\s@<>",;:]+@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i,
      'Enter one e-mail address, such as crm@acme.com.',
    ),
);

/** Salesforce usernames have the form of an e-mail address and at most 80 characters. */
export const runAsUsername = orNull(
  z
    .string('Enter a Salesforce username.')
    .trim()
    .max(80, 'A Salesforce username has at most 80 characters.')
    .regex(
      /^[^\s@<>]+@[^\s@<>]+$/,
      'Enter the username: it has the form of an e-mail address, such as integration@acme.com.uat.',
    ),
);

export const color = orNull(z.enum(ENVIRONMENT_COLORS, 'Choose a colour of the list.'));

/** A checkbox of an HTML form, or a boolean. */
export const checkbox = z
  .union([z.boolean(), z.enum(['on', 'true', 'false', ''])])
  .default(false)
  .transform((value) => value === true || value === 'on' || value === 'true');

/** As `checkbox`, but a form without it has not said anything. */
export const checkboxOrNothing = z
  .union([z.boolean(), z.enum(['on', 'true', 'false', ''])])
  .transform((value) => value === true || value === 'on' || value === 'true')
  .optional();

/** Always sent by its form, so that a form without it is not taken for a "no". */
export const yesOrNo = z
  .union([z.boolean(), z.enum(['true', 'false'], 'Choose one of the two.')])
  .transform((value) => value === true || value === 'true');

/** A whole number of an HTML form, or a number. Empty: `whenEmpty`. */
export function wholeNumber(limits: { least: number; most: number; whenEmpty: number; message: string }) {
  return z
    .union([z.string().max(20), z.number()], limits.message)
    .default(limits.whenEmpty)
    .transform((value, context) => {
      const text = String(value).trim();
      if (text === '') return limits.whenEmpty;
      const number = Number(text);
      if (/^-?\d{1,6}$/.test(text) && number >= limits.least && number <= limits.most) return number;
      context.addIssue({ code: 'custom', message: limits.message });
      return z.NEVER;
    });
}

const DAYS = 'Use a whole number of days from 1 to 3650, or nothing for no limit.';

/** Days of a limit; empty means none. `whenAbsent` is for forms without the field. */
export const limitDays = (whenAbsent: number | null) =>
  z
    .union([z.string(), z.number(), z.null()])
    .optional()
    .transform((value, context) => {
      if (value === undefined) return whenAbsent;
      const text = String(value ?? '').trim();
      if (text === '') return null;
      if (/^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= 3650) return Number(text);
      context.addIssue({ code: 'custom', message: DAYS });
      return z.NEVER;
    });
