import { bigint, boolean, index, integer, jsonb, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { databaseNow, instant, orgdock } from '../base';
import { people } from '../people';

/** A program's way in: it acts as its owner, through connections that the owner may read, within its policy. */
export const apiKeys = orgdock.table(
  'api_keys',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** What the key may do: `KeyPolicy` of lib/broker. */
    policy: jsonb('policy').$type<unknown>().notNull(),
    createdAt: instant('created_at').notNull().default(databaseNow),
    createdBy: uuid('created_by').notNull(),
    expiresAt: instant('expires_at'),
    revokedAt: instant('revoked_at'),
    lastUsedAt: instant('last_used_at'),
    lastUsedFrom: text('last_used_from'),
  },
  (table) => [index('api_keys_owner').on(table.ownerId)],
);

/** The secrets of a key: one, and while it is rotated a second one beside it. Never the secret itself. */
export const apiKeySecrets = orgdock.table(
  'api_key_secrets',
  {
    /** Twelve characters that a caller shows first: the look-up, and what people recognise a secret by. */
    prefix: text('prefix').primaryKey(),
    keyId: uuid('key_id')
      .notNull()
      .references(() => apiKeys.id, { onDelete: 'cascade' }),
    /** SHA-256 of the whole secret, base64url. */
    secretHash: text('secret_hash').notNull(),
    createdAt: instant('created_at').notNull().default(databaseNow),
    /** When a rotation takes it out of use; null: it has no successor. */
    retiresAt: instant('retires_at'),
    lastUsedAt: instant('last_used_at'),
  },
  (table) => [index('api_key_secrets_key').on(table.keyId)],
);

/** Rows and calls of a key on one day (UTC): what its daily limits are compared with. */
export const apiKeyDays = orgdock.table(
  'api_key_days',
  {
    keyId: uuid('key_id')
      .notNull()
      .references(() => apiKeys.id, { onDelete: 'cascade' }),
    /** `2026-11-27`. */
    day: text('day').notNull(),
    calls: bigint('calls', { mode: 'number' }).notNull().default(0),
    rows: bigint('rows', { mode: 'number' }).notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.keyId, table.day] })],
);

/** One call of a program, as the usage pages show it; never its parameters, which may quote records. */
export const apiCalls = orgdock.table(
  'api_calls',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant('at').notNull().default(databaseNow),
    keyId: uuid('key_id').notNull(),
    ownerId: uuid('owner_id').notNull(),
    connectionId: uuid('connection_id'),
    environmentId: uuid('environment_id'),
    requestId: text('request_id').notNull(),
    /** `proxy`, `query`, `named_query`, `record`, `token`, … */
    operation: text('operation').notNull(),
    method: text('method').notNull(),
    /** Object or resource, such as `Account`; null where there is none. */
    target: text('target'),
    status: integer('status').notNull(),
    /** Of Orgdock's own refusals. */
    code: text('code'),
    /** The rule of the policy that refused. */
    rule: text('rule'),
    rows: integer('rows').notNull().default(0),
    /** Calls that Salesforce counted. */
    cost: integer('cost').notNull().default(0),
    /** Bytes of the answer. */
    bytes: bigint('bytes', { mode: 'number' }).notNull().default(0),
    /** The whole call, and the part of it that waited for Salesforce. */
    milliseconds: integer('milliseconds').notNull(),
    salesforceMilliseconds: integer('salesforce_milliseconds').notNull().default(0),
  },
  (table) => [
    index('api_calls_key').on(table.keyId, table.at),
    index('api_calls_connection').on(table.connectionId, table.at),
    index('api_calls_at').on(table.at),
  ],
);

/** A write that a program may send again: what was answered the first time is answered again for a day. */
export const idempotencyKeys = orgdock.table(
  'idempotency_keys',
  {
    keyId: uuid('key_id')
      .notNull()
      .references(() => apiKeys.id, { onDelete: 'cascade' }),
    ownerId: uuid('owner_id').notNull(),
    /** SHA-256 of what the caller sent as `Idempotency-Key`, base64url. */
    nameHash: text('name_hash').notNull(),
    /** SHA-256 of method, path and body, base64url: the same name for another request is refused. */
    requestHash: text('request_hash').notNull(),
    startedAt: instant('started_at').notNull().default(databaseNow),
    finishedAt: instant('finished_at'),
    /** Null while the first one is under way, or when its end is not known. */
    status: integer('status'),
    contentType: text('content_type'),
    body: text('body'),
  },
  (table) => [
    primaryKey({ columns: [table.keyId, table.nameHash] }),
    index('idempotency_keys_age').on(table.startedAt),
  ],
);

/** A query that administrators have written, called by its name with typed parameters. */
export const namedQueries = orgdock.table('named_queries', {
  id: uuid('id').primaryKey().defaultRandom(),
  /** As in the URL, such as `getAccounts`. */
  name: text('name').notNull().unique(),
  description: text('description').notNull().default(''),
  /** SOQL with `:name` where a parameter goes. */
  soql: text('soql').notNull(),
  /** `QueryParameter[]` of lib/broker. */
  parameters: jsonb('parameters').$type<unknown>().notNull().default([]),
  enabled: boolean('enabled').notNull().default(true),
  createdAt: instant('created_at').notNull().default(databaseNow),
  updatedAt: instant('updated_at').notNull().default(databaseNow),
  updatedBy: uuid('updated_by'),
});

/** Query locators that a key with limits of objects was given: it reads on in these only. Kept two days, as Salesforce does. */
export const apiKeyLocators = orgdock.table(
  'api_key_locators',
  {
    keyId: uuid('key_id')
      .notNull()
      .references(() => apiKeys.id, { onDelete: 'cascade' }),
    connectionId: uuid('connection_id').notNull(),
    /** SHA-256 of the locator without its row offset, base64url. */
    locatorHash: text('locator_hash').notNull(),
    /** What the query behind it touches: `Touch[]` of lib/broker. */
    touches: jsonb('touches').$type<unknown>().notNull(),
    createdAt: instant('created_at').notNull().default(databaseNow),
  },
  (table) => [
    primaryKey({ columns: [table.keyId, table.connectionId, table.locatorHash] }),
    index('api_key_locators_age').on(table.createdAt),
  ],
);
