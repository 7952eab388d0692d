import { sql } from 'drizzle-orm';
import { boolean, check, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { databaseNow, instant, orgdock, sealed } from './base';

export const environmentKind = orgdock.enum('environment_kind', [
  'production',
  'uat',
  'sandbox',
  'developer',
  'scratch',
]);

/** Who becomes a member by signing in: people already known, or everyone of the expected org. */
export const membership = orgdock.enum('membership', ['known_people', 'everyone_of_org']);

/** When reading is expected; outside of it, reading raises an alert. */
export interface ReadingHours {
  /** ISO weekdays, 1 is Monday. */
  days: number[];
  /** `HH:MM`; an end before the beginning is on the next day. */
  from: string;
  to: string;
  /** IANA. */
  timeZone: string;
}

/** A named Salesforce target and its app config. */
export const environments = orgdock.table(
  'environments',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** Immutable: it is part of the redirect URI. */
    slug: text('slug').notNull().unique(),
    name: text('name').notNull(),
    kind: environmentKind('kind').notNull(),
    /** The token host: origin of the authorize endpoint, such as `https://acme.my.salesforce.com`. */
    origin: text('origin').notNull(),
    /** A draft has no app yet; of a disabled one nothing is connected or read, and its grants stay alive. */
    status: text('status', { enum: ['draft', 'active', 'disabled'] })
      .notNull()
      .default('active'),
    /** Warned about wherever something is changed. */
    isProduction: boolean('is_production').notNull().default(false),
    /** Name in the portal's palette; null: that of its kind. */
    color: text('color'),
    /** Lower comes first in every list. */
    rank: integer('rank').notNull().default(0),
    /** Whom Salesforce and people write to about the app. */
    contactEmail: text('contact_email'),
    /** Salesforce username that service connections act as. */
    runAsUsername: text('run_as_username'),
    /** Consumer key; empty in a draft. */
    clientId: text('client_id').notNull(),
    appType: text('app_type', { enum: ['external_client_app', 'connected_app'] })
      .notNull()
      .default('external_client_app'),
    /** RFC 6749 §2.1. A public client has no secret. */
    clientType: text('client_type', { enum: ['confidential', 'public'] })
      .notNull()
      .default('confidential'),
    /** How the secret is sent (RFC 6749 §2.3.1): in the body, or as HTTP Basic. */
    clientAuthentication: text('client_authentication', {
      enum: ['client_secret_post', 'client_secret_basic'],
    })
      .notNull()
      .default('client_secret_post'),
    /** Salesforce keeps the scopes with the refresh token: rarely useful. */
    sendScopeOnRefresh: boolean('send_scope_on_refresh').notNull().default(false),
    /** Added to the authorize URL, to the body of token requests, and to their headers. */
    authorizeParameters: jsonb('authorize_parameters').$type<Record<string, string>>().notNull().default({}),
    tokenParameters: jsonb('token_parameters').$type<Record<string, string>>().notNull().default({}),
    tokenHeaders: jsonb('token_headers').$type<Record<string, string>>().notNull().default({}),
    /** Null: `<origin>/services/oauth2/authorize`. */
    authorizeUrl: text('authorize_url'),
    /** Null: `<origin>/services/oauth2/token`. Always at the token host. */
    tokenUrl: text('token_url'),
    /** Before the access token in `Authorization`. */
    headerPrefix: text('header_prefix').notNull().default('Bearer'),
    authenticationTimeoutSeconds: integer('authentication_timeout_seconds').notNull().default(10),
    queryTimeoutSeconds: integer('query_timeout_seconds').notNull().default(120),
    /** Per cent of the org's daily API calls that reading records leaves to other jobs; 0: none. */
    apiReservePercent: integer('api_reserve_percent').notNull().default(0),
    /** Whether a key whose policy says so may be handed an access token itself. */
    allowRawTokens: boolean('allow_raw_tokens').notNull().default(false),
    /** Such as `66.0`. */
    apiVersion: text('api_version').notNull(),
    scopes: text('scopes').array().notNull(),
    allowSignIn: boolean('allow_sign_in').notNull().default(false),
    membership: membership('membership').notNull().default('known_people'),
    /** Who may use it. */
    access: text('access', { enum: ['everyone', 'chosen', 'admins'] })
      .notNull()
      .default('everyone'),
    /** The org an admin pinned; consent to another org is refused. */
    expectedOrgId: text('expected_org_id'),
    expectedOrgName: text('expected_org_name'),
    /** What a member's first consent proposes for the pin. */
    proposedOrgId: text('proposed_org_id'),
    proposedOrgName: text('proposed_org_name'),
    createdAt: instant('created_at').notNull().default(databaseNow),
    updatedAt: instant('updated_at').notNull().default(databaseNow),
    /** Since when origin and consumer key are what they are. */
    appChangedAt: instant('app_changed_at').notNull().default(databaseNow),
    /** The app's refresh token policy: days without a refresh after which a grant ends; null: no such limit. */
    idleLimitDays: integer('idle_limit_days').default(30),
    /** Days after consent at which a grant ends, however it is used; null: no such limit. */
    absoluteLimitDays: integer('absolute_limit_days'),
    /** Whether an uncertain refresh token may be introspected (design: settling). */
    introspection: boolean('introspection').notNull().default(true),
    /** What follows when introspection cannot tell: nothing, or one try after the waiting time. */
    uncertainPolicy: text('uncertain_policy', { enum: ['reconnect', 'one_try'] })
      .notNull()
      .default('reconnect'),
    /** The legacy username-password flow for service connections. */
    allowPasswordFlow: boolean('allow_password_flow').notNull().default(false),
    /** Salesforce refuses the app itself: nobody refreshes until then, in any process. */
    appPausedUntil: instant('app_paused_until'),
    appFaultCode: text('app_fault_code'),
    appFaultError: text('app_fault_error'),
    appFaultDescription: text('app_fault_description'),
    appFaultStatus: integer('app_fault_status'),
    appFaultAt: instant('app_fault_at'),
    /** Null: at any time. */
    readingHours: jsonb('reading_hours').$type<ReadingHours>(),
    /** What reading outside of the hours leads to. */
    outsideHours: text('outside_hours', { enum: ['alert', 'refuse'] })
      .notNull()
      .default('alert'),
    /** The address that the org saw Orgdock come from, for its allow-lists. */
    egressAddress: text('egress_address'),
    egressSeenAt: instant('egress_seen_at'),
    /** Deleted by an admin: its connections are revoked, the row stays for history. */
    deletedAt: instant('deleted_at'),
  },
  (table) => [
    check(
      'environments_complete_or_draft',
      sql`${table.status} = 'draft' OR (${table.clientId} <> '' AND ${table.origin} <> '')`,
    ),
  ],
);

/** Consumer secrets, apart from the rows that pages read; a missing row is a public client. */
export const environmentSecrets = orgdock.table('environment_secrets', {
  environmentId: uuid('environment_id')
    .primaryKey()
    .references(() => environments.id, { onDelete: 'cascade' }),
  consumerSecret: sealed('consumer_secret').notNull(),
  /** The one before, until Salesforce has accepted the new one: a rotation takes some minutes there. */
  previousConsumerSecret: sealed('previous_consumer_secret'),
  /** The next one, which is not valid yet or not to be used yet. */
  stagedConsumerSecret: sealed('staged_consumer_secret'),
  updatedAt: instant('updated_at').notNull().default(databaseNow),
});
