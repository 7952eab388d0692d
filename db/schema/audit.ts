import { bigint, index, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { databaseNow, instant, orgdock } from './base';

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
  },
  (table) => [index('audit_log_subject').on(table.subjectType, table.subjectId)],
);
