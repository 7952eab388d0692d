import { z } from 'zod';
import { salesforceOrigin } from '@/lib/environments/host/read-address';
import { AppError } from '@/lib/errors';

export const DEFAULT_SCOPES = ['openid', 'id', 'api', 'refresh_token'];
export const DEFAULT_API_VERSION = '66.0';

const MAX_TEXT = 512;

const NO_ADDRESS = 'Paste the address of the org, such as https://acme.my.salesforce.com.';
const NO_KEY = 'Enter the consumer key of the app.';

export const origin = z
  .string('Paste the address of the org.')
  .trim()
  .min(1, NO_ADDRESS)
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

export const clientId = z
  .string(NO_KEY)
  .trim()
  .min(1, NO_KEY)
  .max(MAX_TEXT, `A consumer key has at most ${MAX_TEXT} characters. Check what was pasted.`)
  .regex(
    /^[\x21-\x7e]*$/,
    'A consumer key has no spaces, line breaks or special letters. Check what was pasted.',
  );

/** For drafts: what is not known yet is empty. */
export const orEmpty = (field: z.ZodType<string, string>) =>
  z
    .union([
      z
        .string()
        .regex(/^\s*$/)
        .transform(() => ''),
      field,
    ])
    .default('');

/** Write-only: empty or absent means "keep what is stored". */
export const consumerSecret = z
  .string()
  .trim()
  .max(MAX_TEXT, `A consumer secret has at most ${MAX_TEXT} characters. Check what was pasted.`)
  .regex(
    /^[\x21-\x7e]*$/,
    'A consumer secret has no spaces, line breaks or special letters. Check what was pasted.',
  )
  .nullish()
  .transform((secret) => (secret ? secret : null));

export const apiVersion = z
  .string()
  .trim()
  .default(DEFAULT_API_VERSION)
  .transform((text) => text.replace(/^v/i, '').replace(/^(\d+)$/, '$1.0'))
  .refine(
    (text) => /^\d{2,3}\.0$/.test(text) && Number(text) >= 50,
    `Use an API version of 50.0 or newer, such as ${DEFAULT_API_VERSION}.`,
  );

export const scopes = z
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
