import { bigint, boolean, index, integer, jsonb, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { databaseNow, instant, orgdock } from './base';
import { connections } from './connections';

/** One review of who holds which grant: keep or revoke, by whom and when. Outlives everything that it names. */
export const accessReviews = orgdock.table('access_reviews', {
  id: uuid('id').primaryKey().defaultRandom(),
  /** Null: of all environments. */
  environmentId: uuid('environment_id'),
  scopeName: text('scope_name').notNull(),
  startedBy: uuid('started_by').notNull(),
  startedByName: text('started_by_name').notNull(),
  startedAt: instant('started_at').notNull().default(databaseNow),
  closedBy: uuid('closed_by'),
  closedByName: text('closed_by_name'),
  closedAt: instant('closed_at'),
});

/** A connection as it stood when a review began, and what the reviewer decided. */
export const accessReviewItems = orgdock.table(
  'access_review_items',
  {
    reviewId: uuid('review_id')
      .notNull()
      .references(() => accessReviews.id, { onDelete: 'cascade' }),
    /** No foreign keys: the evidence stays when connection and person are gone. */
    connectionId: uuid('connection_id').notNull(),
    grantId: uuid('grant_id').notNull(),
    /** Null: a service connection. */
    ownerId: uuid('owner_id'),
    /** Of the person, or of the service connection. */
    ownerName: text('owner_name').notNull(),
    environmentName: text('environment_name').notNull(),
    orgId: text('org_id').notNull(),
    username: text('username').notNull(),
    scopes: text('scopes').array().notNull(),
    connectedAt: instant('connected_at').notNull(),
    lastUsedAt: instant('last_used_at'),
    decision: text('decision', { enum: ['keep', 'revoke'] }),
    note: text('note').notNull().default(''),
    decidedBy: uuid('decided_by'),
    decidedByName: text('decided_by_name'),
    decidedAt: instant('decided_at'),
  },
  (table) => [primaryKey({ columns: [table.reviewId, table.connectionId] })],
);

/** One press of the breach button. Outlives everything that it names. */
export const breaches = orgdock.table('breaches', {
  id: uuid('id').primaryKey().defaultRandom(),
  scope: text('scope', { enum: ['all', 'environment', 'person'] }).notNull(),
  /** Environment or person; null: all. */
  scopeId: uuid('scope_id'),
  scopeName: text('scope_name').notNull(),
  reason: text('reason').notNull(),
  startedBy: uuid('started_by').notNull(),
  startedByName: text('started_by_name').notNull(),
  startedAt: instant('started_at').notNull().default(databaseNow),
  endsSessions: boolean('ends_sessions').notNull(),
  sessionsEnded: integer('sessions_ended').notNull().default(0),
  /** Until when backups of the database may still hold the sealed values; null: nobody has said. */
  backupsUntil: instant('backups_until'),
  finishedAt: instant('finished_at'),
});

/** A grant that a breach ends, and what became of it. */
export const breachGrants = orgdock.table(
  'breach_grants',
  {
    breachId: uuid('breach_id')
      .notNull()
      .references(() => breaches.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: ['connection', 'stray'] }).notNull(),
    /** Of the connection or the stray grant; no foreign key. */
    subjectId: uuid('subject_id').notNull(),
    grantId: uuid('grant_id').notNull(),
    /** Null: a service connection, or nobody knows. */
    ownerName: text('owner_name'),
    environmentName: text('environment_name').notNull(),
    orgId: text('org_id'),
    username: text('username'),
    scopes: text('scopes').array(),
    /** Null: not revoked yet. `ended`: Salesforce had ended it before. `unsendable`: what is stored may be spent. */
    outcome: text('outcome', { enum: ['confirmed', 'ended', 'unsendable', 'gave_up'] }),
    proof: text('proof', { enum: ['introspection', 'refused_use', 'answer', 'elsewhere'] }),
    /** Salesforce's words at the last try. */
    error: text('error'),
    endedAt: instant('ended_at'),
    /** When the sealed values were deleted. */
    forgottenAt: instant('forgotten_at'),
  },
  (table) => [primaryKey({ columns: [table.breachId, table.kind, table.subjectId] })],
);

/** Rows that were read through a connection, by the hour. Kept 30 days and a little longer. */
export const connectionUsage = orgdock.table(
  'connection_usage',
  {
    connectionId: uuid('connection_id')
      .notNull()
      .references(() => connections.id, { onDelete: 'cascade' }),
    /** The beginning of the hour, in UTC. */
    hour: instant('hour').notNull(),
    rows: bigint('rows', { mode: 'number' }).notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.connectionId, table.hour] })],
);

/** Reading that is out of the ordinary, once per connection, kind and occasion. */
export const alerts = orgdock.table(
  'alerts',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    kind: text('kind', { enum: ['unusual_reading', 'outside_hours'] }).notNull(),
    connectionId: uuid('connection_id')
      .notNull()
      .references(() => connections.id, { onDelete: 'cascade' }),
    /** Such as the hour: the same one is told once. */
    occasion: text('occasion').notNull(),
    /** Who was reading. */
    personId: uuid('person_id'),
    facts: jsonb('facts').$type<Record<string, unknown>>().notNull().default({}),
    createdAt: instant('created_at').notNull().default(databaseNow),
    settledAt: instant('settled_at'),
    settledBy: uuid('settled_by'),
    settledNote: text('settled_note'),
  },
  (table) => [
    unique('alerts_once').on(table.kind, table.connectionId, table.occasion),
    index('alerts_open').on(table.settledAt, table.createdAt),
  ],
);
