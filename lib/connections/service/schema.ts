import { z } from 'zod';
import { parseForm } from '@/lib/form';

const MAX_SECRET = 1_000;
const MAX_KEY = 20_000;

const name = z
  .string('Give the connection a name, such as Reporting.')
  .trim()
  .min(1, 'Give the connection a name, such as Reporting.')
  .max(80, 'Use at most 80 characters for the name.')
  .refine(
    (text) => !/\p{Cc}/u.test(text) && !/[<>]/.test(text),
    'The name cannot hold < or > or control characters.',
  );

const username = z
  .string('Enter the username of the Salesforce user.')
  .trim()
  .min(1, 'Enter the username of the Salesforce user.')
  .max(240, 'A Salesforce username has at most 80 characters.')
  .regex(/^[^\s@]+@[^\s@]+$/, 'A Salesforce username looks like an e-mail address.');

/** Never trimmed: a password may begin or end with a space. */
const password = z
  .string('Enter the password.')
  .min(1, 'Enter the password.')
  .max(MAX_SECRET, `Use at most ${MAX_SECRET} characters.`);

const securityToken = z.string().trim().max(MAX_SECRET, `Use at most ${MAX_SECRET} characters.`).default('');

const privateKey = z.string().max(MAX_KEY, 'This is too long to be a private key.').default('');

/** Where the key of the JWT bearer flow comes from; an app in Salesforce holds one certificate. */
const key = z.enum(['make', 'shared', 'own'], 'Choose where the key comes from.');

const checkbox = z
  .union([z.boolean(), z.enum(['on', 'true', 'false', ''])])
  .default(false)
  .transform((value) => value === true || value === 'on' || value === 'true');

const jwtBearer = { flow: z.literal('jwt_bearer'), username, key, privateKey };
const clientCredentials = { flow: z.literal('client_credentials') };
const passwordFlow = { flow: z.literal('password'), username, password, securityToken };

/** What the form of a new service connection sends. Unknown fields are refused. */
const createSchema = z.discriminatedUnion('flow', [
  z.strictObject({ name, ...jwtBearer }),
  z.strictObject({ name, ...clientCredentials }),
  z.strictObject({ name, ...passwordFlow }),
]);

/** New credentials for one that is there. `acceptOtherUser`: it may run as somebody else from now on. */
const renewSchema = z.discriminatedUnion('flow', [
  z.strictObject({
    acceptOtherUser: checkbox,
    ...jwtBearer,
    key: z.enum(['current', 'next', 'shared', 'own']),
  }),
  z.strictObject({ acceptOtherUser: checkbox, ...clientCredentials }),
  z.strictObject({ acceptOtherUser: checkbox, ...passwordFlow }),
]);

export type CreateServiceForm = z.output<typeof createSchema>;
export type RenewServiceForm = z.output<typeof renewSchema>;

/** Checks the form. Throws INVALID_INPUT whose `details` hold one message per field; a secret is never quoted. */
export function parseCreateForm(input: unknown): CreateServiceForm {
  return parse(createSchema, input);
}

/** As `parseCreateForm`. */
export function parseRenewForm(input: unknown): RenewServiceForm {
  return parse(renewSchema, input);
}

/** A new name. Throws INVALID_INPUT. */
export function parseName(input: unknown): string {
  return parse(z.object({ name }), { name: input }).name;
}

function parse<Output>(schema: z.ZodType<Output>, input: unknown): Output {
  return parseForm(schema, input, 'Nothing was saved');
}
