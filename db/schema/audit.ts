import { sql } from 'drizzle-orm';
import { bigint, customType, index, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { databaseNow, instant, orgdock } from './base';

/** A transaction id that does not wrap around, as a string of digits. */
const transactionId = customType<{ data: string }>({ dataType: () => 'xid8' });

/** Who did what, when, from where. No foreign keys: rows outlive their subjects. Append-only by privilege. */
export const auditLog = orgdock.table(
  'audit_log',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant('at').notNull().default(databaseNow),
    action: text('action').notNull(),
    actorKind: text('actor_kind', { enum: ['person', 'system'] }).notNull(),
    personId: uuid('person_id'),
    sessionId: uuid('session_id'),
    subjectType: text('subject_type').notNull(),
    subjectId: text('subject_id').notNull(),
    outcome: text('outcome', { enum: ['done', 'denied', 'failed'] }).notNull(),
    details: jsonb('details').$type<Record<string, unknown>>().notNull().default({}),
    ip: text('ip'),
    userAgent: text('user_agent'),
    requestId: text('request_id'),
    /** With the transaction id, and then the id: the order in which rows are sealed. */
    era: integer('era').notNull().default(sql`orgdock.audit_era()`),
    transactionId: transactionId('transaction_id').notNull().default(sql`pg_current_xact_id()`),
  },
  (table) => [
    index('audit_log_subject').on(table.subjectType, table.subjectId),
    index('audit_log_order').on(table.era, table.transactionId, table.id),
    index('audit_log_at').on(table.at, table.id),
    index('audit_log_person').on(table.personId, table.at),
    index('audit_log_action').on(table.action, table.at),
  ],
);

/** The hash chain over the audit log, a link per row. Insert-only by privilege; one job writes it. */
export const auditSeals = orgdock.table('audit_seals', {
  /** 1, 2, 3 …, without a gap. */
  position: bigint('position', { mode: 'number' }).primaryKey(),
  auditId: bigint('audit_id', { mode: 'number' }).notNull().unique(),
  /** SHA-256 over the link before and the row, base64url. */
  hash: text('hash').notNull(),
  sealedAt: instant('sealed_at').notNull().default(databaseNow),
});

/** Signed statements of what the chain was at a position. Insert-only by privilege. */
export const auditCheckpoints = orgdock.table('audit_checkpoints', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  kind: text('kind', { enum: ['head', 'retention'] }).notNull(),
  position: bigint('position', { mode: 'number' }).notNull(),
  hash: text('hash').notNull(),
  /** Of retention: how many rows went. */
  removedRows: bigint('removed_rows', { mode: 'number' }).notNull().default(0),
  /** JWS (compact) over the above, by the key ring's audit key. */
  signature: text('signature').notNull(),
  createdAt: instant('created_at').notNull().default(databaseNow),
});
