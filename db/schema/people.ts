import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, integer, text, unique, uuid } from 'drizzle-orm/pg-core';
import { databaseNow, instant, orgdock } from './base';

export const role = orgdock.enum('role', ['member', 'admin', 'auditor']);

/** Somebody who may sign in. */
export const people = orgdock.table('people', {
  id: uuid('id').primaryKey().defaultRandom(),
  displayName: text('display_name').notNull(),
  email: text('email'),
  role: role('role').notNull().default('member'),
  /** BCP 47, such as `de-DE`; null: as in Salesforce. */
  locale: text('locale'),
  /** IANA, such as `Europe/Berlin`; null: as in Salesforce. */
  timeZone: text('time_zone'),
  createdAt: instant('created_at').notNull().default(databaseNow),
  lastSeenAt: instant('last_seen_at'),
  deactivatedAt: instant('deactivated_at'),
});

/** Who a person is elsewhere: (org id, user id) of a Salesforce user. Linked only while signed in. */
export const identities = orgdock.table(
  'identities',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    /** `salesforce:<18-character org id>`. */
    issuer: text('issuer').notNull(),
    /** 18-character user id. */
    subject: text('subject').notNull(),
    username: text('username').notNull(),
    createdAt: instant('created_at').notNull().default(databaseNow),
  },
  (table) => [
    unique('identities_issuer_subject').on(table.issuer, table.subject),
    index('identities_person').on(table.personId),
  ],
);

/** A portal session. The cookie carries only this id; ending the row signs the browser out. */
export const sessions = orgdock.table(
  'sessions',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull().default(databaseNow),
    /** When it proved who it is: by fresh sign-in, set-up or link. The Unix epoch after a plain sign-in: never. */
    authenticatedAt: instant('authenticated_at').notNull().default(databaseNow),
    lastSeenAt: instant('last_seen_at').notNull().default(databaseNow),
    /** Absolute end, whatever the use. */
    expiresAt: instant('expires_at').notNull(),
    endedAt: instant('ended_at'),
    endedReason: text('ended_reason'),
    ip: text('ip'),
    userAgent: text('user_agent'),
    /** Slug of the environment signed in through, or `sign-in-link`. */
    signedInVia: text('signed_in_via').notNull(),
  },
  (table) => [index('sessions_person').on(table.personId)],
);

/** A link that makes a person of whoever signs in through it first. Only the hash is kept. */
export const invitations = orgdock.table('invitations', {
  id: uuid('id').primaryKey().defaultRandom(),
  tokenHash: text('token_hash').notNull().unique(),
  displayName: text('display_name').notNull(),
  email: text('email'),
  role: role('role').notNull().default('member'),
  /** Environments that the person may use, where only chosen people may. */
  environmentIds: uuid('environment_ids').array().notNull().default([]),
  invitedBy: uuid('invited_by').notNull(),
  createdAt: instant('created_at').notNull().default(databaseNow),
  expiresAt: instant('expires_at').notNull(),
  acceptedAt: instant('accepted_at'),
  acceptedBy: uuid('accepted_by').references(() => people.id, { onDelete: 'set null' }),
  withdrawnAt: instant('withdrawn_at'),
});

/** One-use links made by `npm run admin -- sign-in-link`. Only the hash is kept. */
export const signInLinks = orgdock.table('sign_in_links', {
  tokenHash: text('token_hash').primaryKey(),
  personId: uuid('person_id')
    .notNull()
    .references(() => people.id, { onDelete: 'cascade' }),
  createdAt: instant('created_at').notNull().default(databaseNow),
  expiresAt: instant('expires_at').notNull(),
});

/** One row: facts of the portal as a whole. */
export const portal = orgdock.table(
  'portal',
  {
    id: integer('id').primaryKey().default(1),
    /** SHA-256 of the one-time setup token; null once set-up is closed. */
    setupTokenHash: text('setup_token_hash'),
    setupClosed: boolean('setup_closed').notNull().default(false),
    setupClosedAt: instant('setup_closed_at'),
    /** Written once a minute: an old one at a start tells of a restored backup. */
    heartbeatAt: instant('heartbeat_at'),
    /** System identifier and timeline of the PostgreSQL cluster that was last worked with. */
    databaseIdentity: text('database_identity'),
    /** Whether people may sign in through Salesforce; off only while an identity provider works. */
    salesforceSignIn: boolean('salesforce_sign_in').notNull().default(true),
    /** +1 with every other cluster, in which transaction ids begin anew. Part of the audit log's order. */
    auditEra: integer('audit_era').notNull().default(0),
    /** Days for which audit rows are kept; null: for ever. */
    auditRetentionDays: integer('audit_retention_days'),
    /** How long backups of the database are kept; null: nobody has said. */
    backupDays: integer('backup_days'),
    /** Up to which link of the audit log's chain events were made of its entries. */
    webhooksPosition: bigint('webhooks_position', { mode: 'number' }).notNull().default(0),
  },
  (table) => [check('portal_single_row', sql`${table.id} = 1`)],
);
