import { bigint, index, integer, jsonb, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { databaseNow, instant, orgdock } from './base';
import { connections } from './connections';

/** A review of who holds access to what: every grant of its scope is kept or revoked by somebody. */
export const accessReviews = orgdock.table('access_reviews', {
  id: uuid('id').primaryKey().defaultRandom(),
  name: text('name').notNull(),
  /** Null: all environments. */
  environmentId: uuid('environment_id'),
  startedBy: uuid('started_by').notNull(),
  startedAt: instant('started_at').notNull().default(databaseNow),
  finishedAt: instant('finished_at'),
});

/** One grant in a review, with the facts that the reviewer saw. Outlives the connection. */
export const accessReviewItems = orgdock.table(
  'access_review_items',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    reviewId: uuid('review_id')
      .notNull()
      .references(() => accessReviews.id, { onDelete: 'cascade' }),
    connectionId: uuid('connection_id').notNull(),
    grantId: uuid('grant_id').notNull(),
    facts: jsonb('facts').$type<Record<string, unknown>>().notNull(),
    decision: text('decision', { enum: ['keep', 'revoke'] }),
    decidedBy: uuid('decided_by'),
    decidedAt: instant('decided_at'),
    note: text('note').notNull().default(''),
  },
  (table) => [unique('access_review_items_once').on(table.reviewId, table.connectionId)],
);

/** A breach that was answered with the button: what was in scope, and what has become of it. */
export const breaches = orgdock.table('breaches', {
  id: uuid('id').primaryKey().defaultRandom(),
  scope: text('scope', { enum: ['environment', 'person', 'all'] }).notNull(),
  /** The environment or person; null: all. */
  scopeId: uuid('scope_id'),
  scopeName: text('scope_name').notNull(),
  reason: text('reason').notNull(),
  startedBy: uuid('started_by').notNull(),
  startedAt: instant('started_at').notNull().default(databaseNow),
  finishedAt: instant('finished_at'),
  sessionsEnded: integer('sessions_ended').notNull().default(0),
  /** Until when backups still hold the sealed values, as the admin said. */
  backupsUntil: instant('backups_until'),
  /** JWS (compact) of the report, by the key ring's audit key. */
  report: text('report'),
});

/** One grant of a breach. Outlives the connection. */
export const breachItems = orgdock.table(
  'breach_items',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    breachId: uuid('breach_id')
      .notNull()
      .references(() => breaches.id, { onDelete: 'cascade' }),
    /** Null: a stray grant. */
    connectionId: uuid('connection_id'),
    grantId: uuid('grant_id').notNull(),
    facts: jsonb('facts').$type<Record<string, unknown>>().notNull(),
    state: text('state', { enum: ['revoking', 'revoked', 'unconfirmed'] }).notNull(),
    /** How it was seen that the grant has ended. */
    verified: text('verified'),
    error: text('error'),
    finishedAt: instant('finished_at'),
  },
  (table) => [unique('breach_items_once').on(table.breachId, table.grantId)],
);

/** What was read through a connection in an hour. Exempt from audit: counts only. */
export const connectionUsage = orgdock.table(
  'connection_usage',
  {
    connectionId: uuid('connection_id')
      .notNull()
      .references(() => connections.id, { onDelete: 'cascade' }),
    /** The start of the hour. */
    hour: instant('hour').notNull(),
    calls: integer('calls').notNull().default(0),
    rows: bigint('rows', { mode: 'number' }).notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.connectionId, table.hour] })],
);

/** Something that an administrator should look at, once per occasion. */
export const alerts = orgdock.table(
  'alerts',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    kind: text('kind', { enum: ['unusual_reading', 'reading_outside_hours'] }).notNull(),
    connectionId: uuid('connection_id').notNull(),
    environmentId: uuid('environment_id').notNull(),
    occasion: text('occasion').notNull(),
    details: jsonb('details').$type<Record<string, unknown>>().notNull(),
    createdAt: instant('created_at').notNull().default(databaseNow),
    acknowledgedAt: instant('acknowledged_at'),
    acknowledgedBy: uuid('acknowledged_by'),
  },
  (table) => [
    unique('alerts_once').on(table.kind, table.connectionId, table.occasion),
    index('alerts_open').on(table.acknowledgedAt, table.createdAt),
  ],
);
