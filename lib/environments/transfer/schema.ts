import { z } from 'zod';
import type { EnvironmentSettings } from '@/lib/environments/settings';
import { ENVIRONMENT_COLORS } from '@/lib/environments/types';
import { AppError } from '@/lib/errors';

const MAX_CHARACTERS = 500_000;
const MOST_MESSAGES = 10;

const text = z.string().max(512);
const pairs = z.record(z.string(), z.string());

/** The same names as the form of an environment, which says what each may hold. */
const settings = {
  name: text,
  kind: z.enum(['production', 'uat', 'sandbox', 'developer', 'scratch']),
  isProduction: z.boolean(),
  color: z.enum(ENVIRONMENT_COLORS).nullable().describe('Null: the colour of its kind.'),
  rank: z.int().min(-999).max(999).describe('Lower comes first in every list.'),
  contactEmail: text.nullable(),
  runAsUsername: text.nullable().describe('Salesforce username that service connections act as.'),
  origin: text.describe('Address of the org, such as https://acme.my.salesforce.com; empty in a draft.'),
  appType: z.enum(['external_client_app', 'connected_app']),
  clientId: text.describe('Consumer key; empty in a draft.'),
  clientType: z.enum(['confidential', 'public']).describe('A public client has no secret.'),
  clientAuthentication: z.enum(['client_secret_post', 'client_secret_basic']),
  apiVersion: text.describe('Such as 66.0.'),
  scopes: z.array(z.string().max(64)).max(40),
  sendScopeOnRefresh: z.boolean(),
  authorizeParameters: pairs,
  tokenParameters: pairs,
  tokenHeaders: pairs.describe('Exported as they stand: put no secret here.'),
  authorizeUrl: text.nullable().describe('Null: the usual address at the origin.'),
  tokenUrl: text.nullable().describe('Null: the usual address at the origin.'),
  headerPrefix: text,
  authenticationTimeoutSeconds: z.int().min(1).max(600),
  queryTimeoutSeconds: z.int().min(1).max(600),
  apiReservePercent: z
    .int()
    .min(0)
    .max(90)
    .describe('Share of the org’s daily API calls that reading leaves to other jobs; 0: none.'),
  allowRawTokens: z
    .boolean()
    .describe('Whether API keys whose policy says so may be handed access tokens of this org.'),
  allowSignIn: z.boolean(),
  membership: z.enum(['known_people', 'everyone_of_org']),
  access: z
    .enum(['everyone', 'chosen', 'admins'])
    .describe('Who the chosen people are is no part of the file.'),
  idleLimitDays: z.int().min(1).max(3650).nullable(),
  absoluteLimitDays: z.int().min(1).max(3650).nullable(),
  introspection: z.boolean(),
  uncertainPolicy: z.enum(['reconnect', 'one_try']),
  readingHours: z
    .strictObject({ days: z.array(z.int().min(1).max(7)), from: text, to: text, timeZone: text })
    .nullable()
    .describe('ISO weekdays, HH:MM, IANA time zone. Null: at any time.'),
  outsideHours: z.enum(['alert', 'refuse']),
} satisfies Record<keyof EnvironmentSettings, z.ZodType>;

const entrySchema = z.strictObject({
  slug: z.string().min(1).max(100).describe('Which environment: part of its redirect URI. It never changes.'),
  status: z.enum(['draft', 'active', 'disabled']).optional(),
  expectedOrg: z
    .strictObject({
      id: z.string().regex(/^00D[A-Za-z0-9]{15}$/),
      name: z
        .string()
        .max(255)
        .regex(/^\P{Cc}*$/u)
        .nullable(),
    })
    .nullish()
    .describe('The org that the environment is pinned to. Null leaves it as it is.'),
  consumerSecretFrom: z
    .strictObject({
      variable: z
        .string()
        .max(200)
        .regex(/^[A-Za-z_][A-Za-z0-9_]*$/),
    })
    .optional()
    .describe('Environment variable that "npm run admin -- environments apply" takes the secret from.'),
  ...z.object(settings).partial().shape,
});

/** An environment of a file. What it leaves out stays as it is, or begins as in an empty form. */
export type TransferEntry = z.output<typeof entrySchema>;

const fileSchema = z.strictObject({
  $schema: z.string().optional(),
  orgdock: z.literal('environments'),
  version: z.literal(1),
  environments: z.array(entrySchema).max(500),
});

export type TransferFile = z.output<typeof fileSchema>;

/** The file format as a JSON Schema, as `docs/environments.schema.json` holds it. */
export function environmentsJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(fileSchema, { io: 'input' }),
    title: 'Environments of Orgdock',
    description: 'Settings of environments without their secrets. What is left out stays as it is.',
  };
}

/** The environments of a file. Throws INVALID_INPUT whose `details` name the places that are wrong. */
export function parseTransferFile(content: string): TransferEntry[] {
  if (content.length > MAX_CHARACTERS) throw unreadable('It is longer than 500,000 characters.');
  const parsed = fileSchema.safeParse(toJson(content));
  if (!parsed.success) throw unreadable('Some of it is not as expected.', parsed.error.issues);
  const slugs = parsed.data.environments.map(({ slug }) => slug);
  const twice = slugs.find((slug, index) => slugs.indexOf(slug) !== index);
  if (twice !== undefined) throw unreadable(`It holds ${twice} twice.`);
  return parsed.data.environments;
}

function toJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    // The parser's own message would quote the file.
    throw unreadable('It is no JSON.');
  }
}

function unreadable(why: string, issues: readonly z.core.$ZodIssue[] = []): AppError {
  const details: Record<string, string> = {};
  for (const { path, message } of issues.slice(0, MOST_MESSAGES)) details[path.join('.') || 'file'] = message;
  return new AppError('INVALID_INPUT', `This is no file of environments that can be read. ${why}`, {
    details,
    nextStep: 'Take a file that Orgdock exported, or one that fits docs/environments.schema.json.',
  });
}
