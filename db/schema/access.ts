import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { databaseNow, instant, orgdock, sealed } from './base';
import { environments } from './environments';
import { people } from './people';

/** People who may use an environment that is open to chosen people only. */
export const environmentAccess = orgdock.table(
  'environment_access',
  {
    environmentId: uuid('environment_id')
      .notNull()
      .references(() => environments.id, { onDelete: 'cascade' }),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    grantedBy: uuid('granted_by'),
    grantedAt: instant('granted_at').notNull().default(databaseNow),
  },
  (table) => [
    primaryKey({ columns: [table.environmentId, table.personId] }),
    index('environment_access_person').on(table.personId),
  ],
);

/** Somebody asks the admins in: to the portal, when nobody knows them yet, or to an environment. */
export const accessRequests = orgdock.table(
  'access_requests',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** Who asks; null: somebody unknown, whom issuer and subject name. */
    personId: uuid('person_id').references(() => people.id, { onDelete: 'cascade' }),
    issuer: text('issuer'),
    subject: text('subject'),
    username: text('username'),
    displayName: text('display_name').notNull(),
    email: text('email'),
    environmentId: uuid('environment_id').references(() => environments.id, { onDelete: 'cascade' }),
    message: text('message').notNull().default(''),
    createdAt: instant('created_at').notNull().default(databaseNow),
    decidedAt: instant('decided_at'),
    decidedBy: uuid('decided_by'),
    decision: text('decision', { enum: ['granted', 'refused'] }),
  },
  (table) => [
    uniqueIndex('access_requests_open')
      .on(
        sql`coalesce(${table.personId}::text, ${table.issuer} || ' ' || ${table.subject})`,
        sql`coalesce(${table.environmentId}::text, '')`,
      )
      .where(sql`${table.decidedAt} IS NULL`),
    check(
      'access_requests_asker',
      sql`${table.personId} IS NOT NULL OR (${table.issuer} IS NOT NULL AND ${table.subject} IS NOT NULL)`,
    ),
  ],
);

/** What a group of the identity provider makes of its people. */
export interface GroupMapping {
  group: string;
  role: 'member' | 'admin' | 'auditor';
  environmentIds: string[];
}

/** The company's own OpenID Connect provider. */
export const identityProviders = orgdock.table('identity_providers', {
  id: uuid('id').primaryKey().defaultRandom(),
  /** Immutable: it is part of the redirect URI, in one namespace with the environments' slugs. */
  slug: text('slug').notNull().unique(),
  name: text('name').notNull(),
  /** Issuer identifier, such as `https://login.acme.example`. */
  issuer: text('issuer').notNull(),
  clientId: text('client_id').notNull(),
  scopes: text('scopes').array().notNull(),
  /** The claim that lists a person's groups, such as `groups`. */
  groupsClaim: text('groups_claim'),
  groupMappings: jsonb('group_mappings').$type<GroupMapping[]>().notNull().default([]),
  /** Whether people whom nobody knows become members; otherwise only those of a mapped group do. */
  admitsUnknown: boolean('admits_unknown').notNull().default(false),
  enabled: boolean('enabled').notNull().default(true),
  /** When somebody last signed in through it. */
  lastSignInAt: instant('last_sign_in_at'),
  createdAt: instant('created_at').notNull().default(databaseNow),
  updatedAt: instant('updated_at').notNull().default(databaseNow),
});

/** Client secrets, apart from the rows that pages read; a missing row is a public client. */
export const identityProviderSecrets = orgdock.table('identity_provider_secrets', {
  identityProviderId: uuid('identity_provider_id')
    .primaryKey()
    .references(() => identityProviders.id, { onDelete: 'cascade' }),
  clientSecret: sealed('client_secret').notNull(),
  updatedAt: instant('updated_at').notNull().default(databaseNow),
});

/** Points of the rate limiters, in the shape that rate-limiter-flexible asks for. Keys are hashes. */
export const rateLimits = orgdock.table('rate_limits', {
  key: varchar('key', { length: 255 }).primaryKey(),
  points: integer('points').notNull().default(0),
  /** Milliseconds since 1970; null: never. */
  expire: bigint('expire', { mode: 'number' }),
});
