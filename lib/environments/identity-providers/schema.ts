import { z } from 'zod';
import { checkProviderUrl } from '@/lib/egress/provider-url';
import { AppError } from '@/lib/errors';
import { parseForm } from '@/lib/form';

export const DEFAULT_PROVIDER_SCOPES = ['openid', 'profile', 'email'];

const MAX_TEXT = 512;
const MOST_MAPPINGS = 100;
const WELL_KNOWN = /\/\.well-known\/openid-configuration$/;

const name = z
  .string('Give the identity provider a name, such as Acme login.')
  .trim()
  .min(1, 'Give the identity provider a name, such as Acme login.')
  .max(80, 'Use at most 80 characters for the name.')
  .refine(
    (text) => !/\p{Cc}/u.test(text) && !/[<>]/.test(text),
    'The name cannot hold < or > or control characters.',
  );

/** Kept letter by letter, as the provider's own name for itself must equal it. */
const issuer = z
  .string('Enter the issuer.')
  .trim()
  .min(1, 'Enter the issuer, such as https://login.acme.example.')
  .max(MAX_TEXT, 'This address is too long to be an issuer.')
  .transform((pasted, context) => {
    const text = pasted.replace(WELL_KNOWN, '');
    try {
      const url = checkProviderUrl(text);
      if (url.search === '') return text;
      context.addIssue({ code: 'custom', message: 'An issuer holds no question mark.' });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      context.addIssue({ code: 'custom', message: `${error.message} ${error.nextStep ?? ''}`.trim() });
    }
    return z.NEVER;
  });

const credential = (what: string) =>
  z
    .string(`Enter the ${what}.`)
    .trim()
    .max(MAX_TEXT, `A ${what} has at most ${MAX_TEXT} characters. Check what was pasted.`)
    .regex(
      /^[\x21-\x7e]*$/,
      `A ${what} has no spaces, line breaks or special letters. Check what was pasted.`,
    );

const clientId = credential('client id').min(1, 'Enter the client id.');

/** Write-only: empty or absent means "keep what is stored". */
const clientSecret = credential('client secret')
  .nullish()
  .transform((secret) => (secret ? secret : null));

const scopes = z
  .string()
  .max(MAX_TEXT)
  .default(DEFAULT_PROVIDER_SCOPES.join(' '))
  .transform((text) => [...new Set(text.split(/[\s,]+/).filter(Boolean))])
  .refine((list) => list.includes('openid'), 'The scope openid is needed: without it nobody is named.')
  .refine(
    (list) => list.every((scope) => /^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/.test(scope)),
    'A scope is a word such as profile.',
  )
  .refine(
    (list) => !list.includes('offline_access'),
    'Leave offline_access out: Orgdock keeps no token of an identity provider.',
  );

const groupsClaim = z
  .string()
  .trim()
  .max(128, 'Use at most 128 characters for the claim.')
  .regex(/^[\x21-\x7e]*$/, 'A claim is a word such as groups.')
  .default('')
  .transform((text) => text || null);

const checkbox = z
  .union([z.boolean(), z.enum(['on', 'true', 'false', ''])])
  .default(false)
  .transform((value) => value === true || value === 'on' || value === 'true');

const mapping = z.strictObject({
  group: z
    .string()
    .trim()
    .min(1, 'Every mapping needs a group.')
    .max(256, 'Use at most 256 characters for a group.'),
  role: z.enum(['member', 'auditor', 'admin'], 'Choose a role for every group.'),
  environmentIds: z.array(z.uuid()).max(200),
});

/** JSON of the editor's rows. */
const groupMappings = z
  .string()
  .max(100_000, 'These are too many mappings.')
  .default('[]')
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'The mappings could not be read.' });
      return z.NEVER;
    }
  })
  .pipe(z.array(mapping).max(MOST_MAPPINGS, `Use at most ${MOST_MAPPINGS} mappings.`))
  .refine(
    (rows) => new Set(rows.map((row) => row.group)).size === rows.length,
    'Every group may be named once only.',
  );

/** What the form of an identity provider sends. Unknown fields are refused. */
const identityProviderFormSchema = z
  .strictObject({
    name,
    issuer,
    clientId,
    clientSecret,
    /** Makes the client a public one: the stored secret is deleted. */
    removeSecret: checkbox,
    scopes,
    groupsClaim,
    groupMappings,
    admitsUnknown: checkbox,
  })
  .refine((form) => form.groupMappings.length === 0 || form.groupsClaim !== null, {
    path: ['groupsClaim'],
    message: 'Name the claim that holds the groups, such as groups.',
  });

export type IdentityProviderForm = z.output<typeof identityProviderFormSchema>;

/** Checks the form. Throws INVALID_INPUT whose `details` hold one message per field. */
export function parseIdentityProviderForm(input: unknown): IdentityProviderForm {
  return parseForm(identityProviderFormSchema, input, 'The identity provider was not saved');
}
