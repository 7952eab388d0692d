import { z } from 'zod';

/** What `GET /api/v1/connections` and `GET /api/v1/connections/{id}` answer. Never a token. */

const environment = z.strictObject({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  kind: z.enum(['production', 'uat', 'sandbox', 'developer', 'scratch']),
  isProduction: z.boolean(),
});

export const healthSchema = z.enum([
  'healthy',
  'app_refused',
  'refreshing',
  'unknown',
  'needs_reconnect',
  'revoking',
  'disconnected',
]);

const problem = z.strictObject({
  code: z.string(),
  message: z.string(),
  nextStep: z.string(),
  at: z.iso.datetime().describe('When it was noticed.'),
  salesforce: z
    .strictObject({
      error: z.string(),
      description: z.string().nullable(),
      status: z.number().int().nullable(),
    })
    .nullable()
    .describe('Salesforce’s own words.'),
});

export const connectionSchema = z.strictObject({
  id: z.uuid().describe('Stays the same when the connection is renewed.'),
  alias: z.string().nullable().describe('A name that is the only one of its environment.'),
  environment,
  org: z.strictObject({ id: z.string(), name: z.string().nullable() }),
  user: z.strictObject({ username: z.string(), displayName: z.string() }),
  kind: z.enum(['own', 'service']).describe('`service`: the portal’s, shared with the owner of the key.'),
  health: healthSchema,
  problem: problem.nullable(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
});
export type ApiConnection = z.infer<typeof connectionSchema>;

export const connectionDetailSchema = connectionSchema.extend({
  apiVersion: z.string().describe('Such as `66.0`.'),
  instanceUrl: z.url(),
  salesforceUserId: z.string(),
  scopes: z.array(z.string()),
  consentedAt: z.iso.datetime(),
  forecast: z
    .strictObject({
      endsAt: z.iso.datetime().nullable().describe('Null: no limit is known.'),
      endsBy: z.enum(['idle', 'absolute']).nullable(),
      keepAlive: z.boolean().describe('Orgdock refreshes it by itself.'),
      keepAliveAt: z.iso.datetime().nullable(),
    })
    .describe('When the grant ends by the policy of its app unless it is refreshed before.'),
});
export type ApiConnectionDetail = z.infer<typeof connectionDetailSchema>;

/** What the list may be asked for. */
export const connectionFilterSchema = z.strictObject({
  environment: z.string().max(100).optional().describe('Slug of an environment.'),
  health: healthSchema.optional().describe('How it is with its grant.'),
  alias: z.string().max(200).optional().describe('The whole alias.'),
  org: z.string().max(18).optional().describe('Id of an org, 15 or 18 characters.'),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(100)
    .describe('How many at most, 1 to 200; 100 unless it is said.'),
  cursor: z
    .string()
    .max(200)
    .optional()
    .describe('The `next` of the page before; nothing can be read from it.'),
});

/** Which of several environments an alias is meant in. */
export const connectionQuerySchema = z.strictObject({
  environment: z.string().max(100).optional().describe('Slug of the environment of an alias.'),
});

export const connectionListSchema = z.strictObject({
  connections: z.array(connectionSchema).describe('The oldest first.'),
  next: z.string().nullable().describe('The `cursor` of the next page; null: this is the last.'),
});
export type ApiConnectionList = z.infer<typeof connectionListSchema>;
