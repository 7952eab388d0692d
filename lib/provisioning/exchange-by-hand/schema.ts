import { z } from 'zod';
import { clientId, consumerSecret } from '@/lib/environments/fields/app';
import { parseForm } from '@/lib/form';

const NO_SPACES = /^[\x21-\x7e]*$/;

const redirectUri = z
  .string('Enter the callback URL that the code was sent to.')
  .trim()
  .min(1, 'Enter the callback URL that the code was sent to.')
  .max(2_000, 'A callback URL has at most 2,000 characters.')
  .refine((text) => NO_SPACES.test(text) && URL.canParse(text), 'This is no URL. Check what was pasted.');

const code = z
  .string('Paste the code.')
  .trim()
  .max(8_000, 'This is too long to be a code. Check what was pasted.')
  .transform(codeIn)
  .refine(
    (text) => text !== '' && text.length <= 2_000 && NO_SPACES.test(text),
    'Paste the code, or the whole address that Salesforce sent the browser to.',
  );

/** RFC 7636 §4.1. */
const codeVerifier = z
  .string('Paste the code verifier.')
  .trim()
  .regex(
    /^[A-Za-z0-9._~-]{43,128}$/,
    'A code verifier has 43 to 128 letters, digits and - . _ ~: the one whose challenge was in the authorize URL.',
  );

const exchangeFormSchema = z.strictObject({
  redirectUri,
  clientId,
  clientSecret: consumerSecret,
  code,
  codeVerifier,
  /** Of production only: its name. */
  confirmation: z.string().trim().max(200).optional(),
});

export type ExchangeForm = z.output<typeof exchangeFormSchema>;

/** Checks the form of an exchange by hand. Throws INVALID_INPUT whose `details` hold one message per field. */
export function parseExchangeForm(input: unknown): ExchangeForm {
  return parseForm(exchangeFormSchema, input, 'Salesforce was not asked');
}

/** Salesforce's codes end with `=`, which addresses write as `%3D`: both ways of copying one are understood. */
function codeIn(pasted: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(pasted)) {
    return URL.canParse(pasted) ? (new URL(pasted).searchParams.get('code') ?? '') : '';
  }
  return pasted.replace(/%3D/gi, '=');
}
