import { z } from 'zod';
import { salesforceOrigin } from '@/lib/environments/host/read-address';
import { AppError } from '@/lib/errors';
import { parseForm } from '@/lib/form';

export const DEFAULT_SCOPES = ['openid', 'id', 'api', 'refresh_token'];
export const DEFAULT_API_VERSION = '66.0';
/** What Salesforce asks of apps that are used in many orgs since 2026; the safe guess for others. */
export const DEFAULT_IDLE_LIMIT_DAYS = 30;

const MAX_TEXT = 512;
const CONTROL = /\p{Cc}/u;

const name = z
  .string('Give the environment a name, such as Production.')
  .trim()
  .min(1, 'Give the environment a name, such as Production.')
  .max(80, 'Use at most 80 characters for the name.')
  .refine(
    (text) => !CONTROL.test(text) && !/[<>]/.test(text),
    'The name cannot hold < or > or control characters.',
  );

const origin = z
  .string('Paste the address of the org.')
  .trim()
  .min(1, 'Paste the address of the org, such as https://acme.my.salesforce.com.')
  .max(MAX_TEXT, 'This address is too long to be that of an org.')
  .transform((pasted, context) => {
    try {
      return salesforceOrigin(pasted);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const message = error.nextStep ? `${error.message} ${error.nextStep}` : error.message;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
  });

const clientId = z
  .string('Enter the consumer key of the app.')
  .trim()
  .min(1, 'Enter the consumer key of the app.')
  .max(MAX_TEXT, `A consumer key has at most ${MAX_TEXT} characters. Check what was pasted.`)
  .regex(
    /^[\x21-\x7e]*$/,
    'A consumer key has no spaces, line breaks or special letters. Check what was pasted.',
  );

/** Write-only: empty or absent means "keep what is stored". */
const consumerSecret = z
  .string()
  .trim()
  .max(MAX_TEXT, `A consumer secret has at most ${MAX_TEXT} characters. Check what was pasted.`)
  .regex(
    /^[\x21-\x7e]*$/,
    'A consumer secret has no spaces, line breaks or special letters. Check what was pasted.',
  )
  .nullish()
  .transform((secret) => (secret ? secret : null));

const apiVersion = z
  .string()
  .trim()
  .default(DEFAULT_API_VERSION)
  .transform((text) => text.replace(/^v/i, '').replace(/^(\d+)$/, '$1.0'))
  .refine(
    (text) => /^\d{2,3}\.0$/.test(text) && Number(text) >= 50,
    `Use an API version such as ${DEFAULT_API_VERSION}.`,
  );

const scopes = z
  .union([z.string().max(MAX_TEXT), z.array(z.string().max(64)).max(40)])
  .default(DEFAULT_SCOPES)
  .transform((value) => [
    ...new Set(typeof value === 'string' ? value.split(/[\s,]+/).filter(Boolean) : value),
  ])
  .refine(
    (list) => list.every((scope) => /^[a-z][a-z0-9_]{1,63}$/.test(scope)),
    'A scope is a word such as api.',
  )
  .refine(
    (list) =>
      list.includes('openid') &&
      (list.includes('api') || list.includes('full')) &&
      (list.includes('refresh_token') || list.includes('offline_access')),
    'Orgdock needs the scopes openid, api and refresh_token: without them it cannot keep a connection alive.',
  );

/** A checkbox of an HTML form, or a boolean. */
const checkbox = z
  .union([z.boolean(), z.enum(['on', 'true', 'false', ''])])
  .default(false)
  .transform((value) => value === true || value === 'on' || value === 'true');

const DAYS = 'Use a whole number of days from 1 to 3650, or nothing for no limit.';

/** Days of a limit; empty means none. `whenAbsent` is for forms without the field. */
const limitDays = (whenAbsent: number | null) =>
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

/** Always sent by its form, so that a form without it is not taken for a "no". */
const yesOrNo = z
  .union([z.boolean(), z.enum(['true', 'false'], 'Choose one of the two.')])
  .transform((value) => value === true || value === 'true');

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

const hours = z.strictObject({
  days: z
    .array(z.number().int().min(1).max(7), 'Choose at least one day.')
    .min(1, 'Choose at least one day.')
    .transform((days) => [...new Set(days)].sort((one, other) => one - other)),
  from: z.string().regex(TIME, 'Write times such as 08:00.'),
  to: z.string().regex(TIME, 'Write times such as 18:00.'),
  timeZone: z.string().refine(isTimeZone, 'Choose a time zone, such as Europe/Berlin.'),
});

/** When reading is expected: an object, or the same as JSON; empty means at any time. */
const readingHours = z
  .union([z.string().max(MAX_TEXT).transform(fromJson), z.unknown()])
  .pipe(hours.nullable())
  .default(null);

function fromJson(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isTimeZone(name: string): boolean {
  return name !== '' && (name === 'UTC' || Intl.supportedValuesOf('timeZone').includes(name));
}

/** What the form of an environment sends. Unknown fields are refused. */
export const environmentFormSchema = z.strictObject({
  name,
  kind: z.enum(['production', 'uat', 'sandbox', 'developer', 'scratch'], 'Choose what kind of org this is.'),
  origin,
  clientId,
  consumerSecret,
  /** Makes the app a public client: the stored secret is deleted. */
  removeSecret: checkbox,
  apiVersion,
  scopes,
  allowSignIn: checkbox,
  membership: z.enum(['known_people', 'everyone_of_org']).default('known_people'),
  /** Who may connect and read there. */
  access: z.enum(['everyone', 'chosen', 'admins'], 'Choose who may use it.').default('everyone'),
  /** The app's refresh token policy in Salesforce. */
  idleLimitDays: limitDays(DEFAULT_IDLE_LIMIT_DAYS),
  absoluteLimitDays: limitDays(null),
  introspection: yesOrNo.default(true),
  uncertainPolicy: z.enum(['reconnect', 'one_try'], 'Choose one of the two.').default('reconnect'),
  readingHours,
});

export type EnvironmentForm = z.output<typeof environmentFormSchema>;

/** Checks the form. Throws INVALID_INPUT whose `details` hold one message per field. */
export function parseEnvironmentForm(input: unknown): EnvironmentForm {
  return parseForm(environmentFormSchema, input, 'The environment was not saved');
}
