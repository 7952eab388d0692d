import { boolean, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
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
export const environments = orgdock.table('environments', {
  id: uuid('id').primaryKey().defaultRandom(),
  /** Immutable: it is part of the redirect URI. */
  slug: text('slug').notNull().unique(),
  name: text('name').notNull(),
  kind: environmentKind('kind').notNull(),
  /** The token host: origin of the authorize endpoint, such as `https://acme.my.salesforce.com`. */
  origin: text('origin').notNull(),
  /** Consumer key. */
  clientId: text('client_id').notNull(),
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
  /** Deleted by an admin: its connections are revoked, the row stays for history. */
  deletedAt: instant('deleted_at'),
});

/** Consumer secrets, apart from the rows that pages read; a missing row is a public client. */
export const environmentSecrets = orgdock.table('environment_secrets', {
  environmentId: uuid('environment_id')
    .primaryKey()
    .references(() => environments.id, { onDelete: 'cascade' }),
  consumerSecret: sealed('consumer_secret').notNull(),
  /** The one before, until Salesforce has accepted the new one: a rotation takes some minutes there. */
  previousConsumerSecret: sealed('previous_consumer_secret'),
  updatedAt: instant('updated_at').notNull().default(databaseNow),
});
